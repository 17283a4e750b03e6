// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.listen;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.panacall.defaults.words.MenuWords;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.Notice;
import org.panacall.media.pipeline.Notice.SpeechNoticed;
import org.panacall.media.pipeline.Notice.SpeechOutcome;
import org.panacall.media.tap.Ear;

/**
 * Who is listened to, and what comes of it. Bounded: beyond the limits nobody is listened to, or
 * what he said is not known, and keys go on. What is said is kept and told nowhere. Any thread.
 */
public final class Listeners implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Listeners.class);
    private static final long IDLE_SECONDS = 30;
    private static final long PATIENCE_SECONDS = 2;
    private static final int FRAMES_A_SECOND = 50;

    private final List<Recogniser> recognisers;
    private final Notice.Sink notices;
    private final Limits limits;
    private final Semaphore room;
    private final ThreadPoolExecutor threads;
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final LongAdder refused = new LongAdder();
    private final LongAdder cutOff = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /**
     * @param atOnce legs that are listened to
     * @param threads that recognise
     * @param waiting utterances that wait for one
     * @param longest utterance, which is cut off then
     */
    public record Limits(int atOnce, int threads, int waiting, Duration longest) {

        /** What was said before is of no interest any more. */
        private static final Duration STALE = Duration.ofSeconds(5);
    }

    /** What a leg's party may say. */
    public record Wish(
            String language, Map<String, ? extends Collection<String>> choices, Duration patience) {

        private List<String> phrases() {
            return choices.values().stream()
                    .flatMap(Collection::stream)
                    .map(String::valueOf)
                    .toList();
        }
    }

    /** What came of an utterance. */
    public enum Outcome {
        CHOSEN,
        UNCLEAR,
        FAILED,
        BUSY,
        /** A key was faster, or the party went. */
        CANCELLED
    }

    public Listeners(List<Recogniser> recognisers, Notice.Sink notices, Limits limits) {
        this.recognisers = List.copyOf(recognisers);
        this.notices = notices;
        this.limits = limits;
        room = new Semaphore(limits.atOnce());
        threads =
                new ThreadPoolExecutor(
                        limits.threads(),
                        limits.threads(),
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(limits.waiting()),
                        Thread.ofPlatform().daemon().name("listen-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        for (var outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** An ear for a leg; empty when nobody knows the language, or too many are listened to. */
    public Optional<Ear> begin(LegIdentity leg, String playId, Wish wish) {
        var language = wish.language().replaceFirst("-.*", "");
        var recogniser = recognisers.stream().filter(one -> one.hears(language)).findFirst();
        if (recogniser.isEmpty()) {
            return Optional.empty();
        }
        if (!room.tryAcquire()) {
            refused.increment();
            return Optional.empty();
        }
        var work = new Work(leg, playId, wish, language, recogniser.get());
        return Optional.of(new Ear(frames(wish.patience()), frames(limits.longest()), work));
    }

    private static int frames(Duration time) {
        return (int) (time.toMillis() * FRAMES_A_SECOND / 1_000);
    }

    /** One leg's. */
    private final class Work implements Ear.Owner {

        private final LegIdentity leg;
        private final String playId;
        private final Wish wish;
        private final String language;
        private final Recogniser recogniser;

        private Work(
                LegIdentity leg, String playId, Wish wish, String language, Recogniser recogniser) {
            this.leg = leg;
            this.playId = playId;
            this.wish = wish;
            this.language = language;
            this.recogniser = recogniser;
        }

        @Override
        public void said(Ear ear) {
            long saidAt = System.nanoTime();
            if (ear.cutOff()) {
                cutOff.increment();
            }
            try {
                threads.execute(() -> recognise(ear, saidAt));
            } catch (RejectedExecutionException full) {
                end(Outcome.BUSY, "", 0);
            }
        }

        @Override
        public void over(Ear ear) {
            room.release();
        }

        private void recognise(Ear ear, long saidAt) {
            if (ear.cancelled()) {
                end(Outcome.CANCELLED, "", 0);
                return;
            }
            if (System.nanoTime() - saidAt > Limits.STALE.toNanos()) {
                end(Outcome.BUSY, "", 0);
                return;
            }
            var heard = Optional.<Recogniser.Said>empty();
            try {
                var utterance = new Recogniser.Utterance(ear.samples(), language, wish.phrases());
                heard = Optional.of(recogniser.recognise(utterance));
            } catch (IOException fault) {
                LOG.debugf("speech on %s is not known: %s", leg.legId(), fault.getMessage());
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | LinkageError bug) {
                LOG.errorf(bug, "the recogniser failed on %s", leg.legId());
            }
            nanos.add(System.nanoTime() - saidAt);
            var choice = heard.flatMap(said -> new MenuWords(wish.choices()).choice(said.text()));
            if (ear.cancelled()) {
                end(Outcome.CANCELLED, "", 0);
            } else if (heard.isEmpty()) {
                end(Outcome.FAILED, "", 0);
            } else if (choice.isEmpty()) {
                end(Outcome.UNCLEAR, "", heard.get().confidence());
            } else {
                end(Outcome.CHOSEN, choice.get(), heard.get().confidence());
            }
        }

        private void end(Outcome outcome, String choice, int confidence) {
            room.release();
            outcomes.get(outcome).increment();
            var told =
                    switch (outcome) {
                        case CHOSEN -> SpeechOutcome.CHOSEN;
                        case UNCLEAR -> SpeechOutcome.UNCLEAR;
                        case FAILED, BUSY -> SpeechOutcome.FAILED;
                        case CANCELLED -> null;
                    };
            if (told != null) {
                notices.accept(leg, new SpeechNoticed(playId, told, choice, confidence));
            }
        }
    }

    /** Legs that are listened to. */
    public int listening() {
        return limits.atOnce() - room.availablePermits();
    }

    /** Legs that were not, since too many are. */
    public long refused() {
        return refused.sum();
    }

    /** Utterances of which the end is not known. */
    public long cutOff() {
        return cutOff.sum();
    }

    public long count(Outcome outcome) {
        return outcomes.get(outcome).sum();
    }

    /** From the ends of utterances to what came of them, in all. */
    public double seconds() {
        return nanos.sum() / 1e9;
    }

    /** Native code must not lose its models in the middle; the process ends soon anyway. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                recognisers.forEach(Recogniser::close);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
