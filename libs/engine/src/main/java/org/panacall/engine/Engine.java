// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.engine.effect.Effects;
import org.panacall.engine.snapshot.Snapshots;

/**
 * Runs one core on one thread: takes what came in, thinks, keeps the events, acts.
 *
 * <p>In <em>journal mode</em> a turn's events are durable before its answers and effects are
 * released; when that fails the answers fail, the effects are dropped and the core is rebuilt from
 * the journal. In <em>checkpoint mode</em> effects and answers are released at once and the events
 * follow into {@link Checkpoints}; a command that fails takes only itself down.
 *
 * <p>Answers complete on the engine's thread: what is chained to them must be brief.
 *
 * @param <K> the core's own type, for {@link #ask}
 */
public final class Engine<K extends Core<C, E, F, R>, C, E, F, R> implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration IDLE_WAIT = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final EngineSettings settings;
    private final Keeper<K, E> keeper;
    private final Effects<F> effects;
    private final Mailbox<Letter<K, E, F, ?>> mailbox;
    private final EngineMetrics metrics;
    private final EngineTime time;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean running = true;
    private K core;
    private long nextRecoveryNanos = System.nanoTime();

    private Engine(EngineSettings settings, Keeper<K, E> keeper, Effects<F> effects) {
        this.settings = settings;
        this.keeper = keeper;
        this.effects = effects;
        mailbox = new Mailbox<>(settings.mailboxCapacity());
        metrics = new EngineMetrics(settings.registry(), settings.name(), mailbox::size);
        time = new EngineTime(settings.wallClock(), System::nanoTime);
        thread =
                Thread.ofPlatform().daemon().name("engine-" + settings.name()).unstarted(this::run);
    }

    /**
     * Starts an engine that journals before it acts. The core is rebuilt from the journal first.
     */
    public static <K extends Core<C, E, F, R>, C, E, F, R> Engine<K, C, E, F, R> journaled(
            EngineSettings settings, Supplier<K> cores, Journal<E> journal, Effects<F> effects) {
        return journaled(settings, cores, journal, Snapshots.none(), effects);
    }

    /** The same, with snapshots that shorten the replay. */
    public static <K extends Core<C, E, F, R>, C, E, F, R> Engine<K, C, E, F, R> journaled(
            EngineSettings settings,
            Supplier<K> cores,
            Journal<E> journal,
            Snapshots<K> snapshots,
            Effects<F> effects) {
        var keeper = new Keeper.Journaled<>(cores, journal, snapshots);
        var engine = new Engine<K, C, E, F, R>(settings, keeper, effects);
        engine.thread.start();
        return engine;
    }

    /** Starts an engine that acts first and checkpoints afterwards. */
    public static <K extends Core<C, E, F, R>, C, E, F, R> Engine<K, C, E, F, R> checkpointed(
            EngineSettings settings,
            Supplier<K> cores,
            Checkpoints<E> checkpoints,
            Effects<F> effects) {
        var engine = new Engine<>(settings, new Keeper.Checkpointed<>(cores, checkpoints), effects);
        engine.thread.start();
        return engine;
    }

    /**
     * Gives a command to the core; the answer is its refusal, or empty when it was carried out.
     * Fails at once with {@link Mailbox.Full}.
     */
    public CompletableFuture<Optional<R>> send(C command) {
        return post(
                new Letter<>(
                        (core, now, out) -> {
                            var decision = core.handle(command, now);
                            out.add(decision);
                            return decision.refusal();
                        }));
    }

    /**
     * Gives commands to the core, one after another in one turn: all of what they led to is kept,
     * or nothing. The answers are as those of {@link #send}.
     */
    public CompletableFuture<List<Optional<R>>> sendAll(List<C> commands) {
        return post(
                new Letter<>(
                        (core, now, out) -> {
                            var refusals = new ArrayList<Optional<R>>(commands.size());
                            for (var command : commands) {
                                var decision = core.handle(command, now);
                                out.add(decision);
                                refusals.add(decision.refusal());
                            }
                            return refusals;
                        }));
    }

    /**
     * Looks at the core on its own thread. The function must be brief and change nothing; when it
     * fails, so does its answer and nothing else.
     */
    public <T> CompletableFuture<T> ask(Function<? super K, ? extends T> question) {
        return post(Letter.question(question));
    }

    /** Completes when the engine is over: closed, or fenced off by another leader. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    private <T> CompletableFuture<T> post(Letter<K, E, F, T> letter) {
        if (!running) {
            letter.fail(new EngineFailure.Stopped(settings.name()));
        } else if (!mailbox.offer(letter)) {
            metrics.refused.increment();
            letter.fail(new Mailbox.Full(settings.name()));
        } else if (!running) {
            failAll(mailbox.takeAll(), new EngineFailure.Stopped(settings.name()));
        }
        return letter.answer();
    }

    private void run() {
        try {
            while (running) {
                turn();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
            metrics.close();
            failAll(mailbox.takeAll(), new EngineFailure.Stopped(settings.name()));
            ended.complete(null);
        }
    }

    private void turn() throws InterruptedException {
        if (core == null) {
            recover();
        }
        var letters = mailbox.take(settings.turnSize(), untilNextDeadline());
        if (core == null) {
            // Nobody waits for a journal that is away: callers have fallbacks of their own.
            failAll(letters, new EngineFailure.JournalUnavailable("no journal yet", null));
            return;
        }
        var begun = System.nanoTime();
        if (keeper.rebuilds()) {
            journaledTurn(letters);
        } else {
            checkpointedTurn(letters);
        }
        metrics.turns.record(Duration.ofNanos(System.nanoTime() - begun));
    }

    private void journaledTurn(List<Letter<K, E, F, ?>> letters) {
        var emitted = new Letter.Emitted<E, F>();
        try {
            var now = time.now();
            emitted.add(core.tick(now));
            letters.forEach(letter -> letter.think(core, now, emitted));
            keep(now, emitted);
        } catch (EngineFailure.Fenced fenced) {
            LOG.warnf("engine %s was fenced off by another leader", settings.name());
            running = false;
            failAll(letters, fenced);
            return;
        } catch (RuntimeException | AssertionError failure) {
            // The core may be ahead of the journal or in doubt; what is durable is the truth.
            lost(failure);
            core = null;
            failAll(letters, failure);
            return;
        }
        release(emitted);
        letters.forEach(Letter::release);
    }

    private void checkpointedTurn(List<Letter<K, E, F, ?>> letters) {
        var emitted = new Letter.Emitted<E, F>();
        var thought = new ArrayList<Letter<K, E, F, ?>>(letters.size());
        var now = time.now();
        try {
            emitted.add(core.tick(now));
        } catch (RuntimeException | AssertionError failure) {
            // The deadline is still due: without a pause it would be tried without end.
            lost(failure);
            LockSupport.parkNanos(settings.recoveryBackOff().toNanos());
        }
        for (var letter : letters) {
            try {
                letter.think(core, now, emitted);
                thought.add(letter);
            } catch (RuntimeException | AssertionError failure) {
                lost(failure);
                letter.fail(failure);
            }
        }
        keep(now, emitted);
        release(emitted);
        thought.forEach(Letter::release);
    }

    private void keep(Instant now, Letter.Emitted<E, F> emitted) {
        if (!emitted.events().isEmpty()) {
            keeper.keep(new Turn<>(now, emitted.events()));
        }
    }

    private void release(Letter.Emitted<E, F> emitted) {
        for (var effect : emitted.effects()) {
            try {
                effects.release(effect);
            } catch (RuntimeException refused) {
                lost(refused);
            }
        }
    }

    private void lost(Throwable failure) {
        metrics.failures.increment();
        LOG.errorf(failure, "engine %s lost a turn or command", settings.name());
    }

    private void recover() {
        if (nextRecoveryNanos - System.nanoTime() > 0) {
            return;
        }
        nextRecoveryNanos = System.nanoTime() + settings.recoveryBackOff().toNanos();
        try {
            core = keeper.recover(time::notBefore);
            metrics.recoveries.increment();
        } catch (EngineFailure failure) {
            LOG.warnf("engine %s waits for its journal: %s", settings.name(), failure.getMessage());
        } catch (RuntimeException | AssertionError failure) {
            // An event that cannot be read or applied: nothing may be decided without it.
            lost(failure);
        }
    }

    private Duration untilNextDeadline() {
        if (core == null) {
            return settings.recoveryBackOff();
        }
        return core.nextDeadline()
                .map(deadline -> Duration.between(time.now(), deadline))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .filter(wait -> wait.compareTo(IDLE_WAIT) < 0)
                .orElse(IDLE_WAIT);
    }

    private void failAll(List<Letter<K, E, F, ?>> letters, Throwable failure) {
        letters.forEach(letter -> letter.fail(failure));
    }

    /** Ends the engine after the present turn; what is still in the mailbox fails. */
    @Override
    public void close() {
        running = false;
        // Wakes the thread; when the mailbox is full it is awake anyway.
        mailbox.offer(new Letter<>((core, now, emitted) -> Optional.empty()));
        try {
            if (!thread.join(CLOSE_WAIT)) {
                thread.interrupt();
                thread.join(CLOSE_WAIT);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
