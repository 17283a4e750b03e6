// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.panacall.tests.load.Journey;
import org.panacall.tests.load.Letter;
import org.panacall.tests.load.Patients;
import org.panacall.tests.load.Phones;
import org.panacall.tests.load.Post;
import org.panacall.tests.load.SilentAudio;

/**
 * Patients and agents of a load, on one thread: whole journeys at a fixed rate, or as many at once
 * as are wished. A journey is well when both sides heard all they should and ended in time.
 */
public final class CallLoad implements AutoCloseable, Patients.Listener, Phones.Listener {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long REGISTRATION_NANOS = Duration.ofMillis(22).toNanos();
    private static final Duration REGISTERED_WITHIN = Duration.ofSeconds(60);

    private final Post post;
    private final Patients patients;
    private final Phones phones;
    private final SilentAudio audio;
    private final long talkNanos;
    private final long promptNanos;
    private final Map<String, Journey> byNumber = new HashMap<>();
    private final Map<String, Long> freeSince = new HashMap<>();
    private final List<Journey> held = new ArrayList<>();
    private Tally tally = new Tally();
    private long lastId = System.currentTimeMillis() % 1_000_000 * 700;
    private boolean counting;
    private long repeatsBefore;
    private int repeatsSeenBefore;
    private boolean releasing;

    /** Journeys to keep going at once; none in a step of a fixed rate. */
    private int kept;

    /** How long things last in a journey. */
    public record Lengths(Duration prompt, Duration talk) {}

    public CallLoad(int edgePort, String number, Lengths lengths, boolean speaking)
            throws IOException {
        post = new Post(new InetSocketAddress("127.0.0.1", edgePort));
        audio = new SilentAudio(speaking);
        patients =
                new Patients(
                        post,
                        new Patients.Target(number, edgePort),
                        SilentAudio.description(Patients.HOST, audio.callersPort()),
                        this);
        phones = new Phones(post, SilentAudio.description("127.0.0.1", audio.agentsPort()), this);
        talkNanos = lengths.talk().toNanos();
        promptNanos = lengths.prompt().toNanos();
    }

    /** Registers telephones until there are so many; those that are there stay. */
    public void register(int agents) throws IOException {
        long now = System.nanoTime();
        int missing = agents - phones.registered();
        for (int i = 0; i < missing; i++) {
            post.at(now + i * REGISTRATION_NANOS, () -> unchecked(phones::registerNext));
        }
        long end = now + REGISTERED_WITHIN.toNanos();
        while (phones.registered() < agents) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        phones.registered() + " of " + agents + " telephones are registered");
            }
            run(Duration.ofMillis(100));
        }
        // acd hears of registrations by events, or reads them within ten seconds.
        run(Duration.ofMillis(500));
    }

    /** Calls at a rate: some seconds to fill, then the window that counts, in which probe runs. */
    public <T> Tally atRate(double rate, Window window, Supplier<T> probe) throws IOException {
        long from = System.nanoTime();
        long count = Math.round(rate * (window.fill() + window.seconds()));
        for (int i = 0; i < count; i++) {
            post.at(from + Math.round(i * 1e9 / rate), this::start);
        }
        return measure(window, probe);
    }

    /** Begins calls that talk until {@link #release}; no tally has them. */
    void hold(int calls) throws IOException {
        for (int i = 0; i < calls; i++) {
            var journey = new Journey(++lastId, System.nanoTime(), true);
            held.add(journey);
            byNumber.put(journey.number, journey);
            post.in(i * 100_000_000L, () -> patients.dial(journey));
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end && held.stream().anyMatch(one -> one.talkedAt == 0)) {
            run(Duration.ofMillis(100));
        }
        run(Duration.ofSeconds(1));
    }

    /** Ends the calls that were held; tells how many had ended, or do not end as they should. */
    int release() throws IOException {
        releasing = true;
        for (var journey : held) {
            if (!journey.finished && journey.talkedAt != 0) {
                patients.hangUp(journey);
            }
        }
        run(Duration.ofSeconds(5));
        int lost = (int) held.stream().filter(journey -> !journey.releasedWell).count();
        held.forEach(journey -> byNumber.remove(journey.number));
        held.clear();
        releasing = false;
        return lost;
    }

    /** As many calls at once, one ended call replaced by the next. */
    <T> Tally atOnce(int calls, Window window, Supplier<T> probe) throws IOException {
        kept = calls;
        long from = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            post.at(from + i * window.fill() * 500_000_000L / calls, this::start);
        }
        return measure(window, probe);
    }

    /**
     * Calls at a rate for a time, and then until none is left. Every period's tally is told when
     * the period is over, and is the hearer's from then on; the hearer must not keep this thread.
     */
    public void steadily(double rate, Duration length, Period period) throws IOException {
        long from = System.nanoTime();
        long periods = Math.max(1, length.dividedBy(period.length()));
        counting = true;
        startAt(from, rate, from + length.toNanos());
        for (int i = 1; i <= periods; i++) {
            beginTally();
            post.runUntil(from + i * period.length().toNanos(), this::receive);
            period.hearer().accept(endTally());
        }
        beginTally();
        drain();
        counting = false;
        period.hearer().accept(endTally());
    }

    /** How often a steady load tells what came of it, and whom; the last time after its end. */
    public record Period(Duration length, Consumer<Tally> hearer) {}

    /** Seconds before the window, and of it. */
    public record Window(int fill, int seconds) {}

    /** Keeps the telephones answering. */
    public void run(Duration time) throws IOException {
        post.runUntil(System.nanoTime() + time.toNanos(), this::receive);
    }

    @Override
    public void answered(Journey journey) {
        if (counting) {
            tally.trying.add(journey.tryingAt - journey.startedAt);
            tally.answered.add(journey.answeredAt - journey.startedAt);
        }
        audio.begin(journey);
    }

    @Override
    public void over(Journey journey, String how) {
        journey.callerOver = true;
        if (!how.isEmpty()) {
            if (how.equals("503")) {
                tally.refusal.add(System.nanoTime() - journey.startedAt);
            }
            finish(journey, how);
        } else if (journey.agentOver) {
            finish(journey, "");
        }
    }

    @Override
    public void rings(String number, String extension) {
        var journey = byNumber.get(number);
        long now = System.nanoTime();
        var free = freeSince.remove(extension);
        if (journey == null) {
            return;
        }
        journey.rangAt = now;
        if (counting) {
            tally.rang.add(now - journey.answeredAt - promptNanos);
            if (free != null && kept > phones.registered()) {
                tally.nextOffer.add(now - free);
            }
        }
    }

    @Override
    public void talks(String number, int audioPort) {
        var journey = byNumber.get(number);
        if (journey == null || journey.talkedAt != 0) {
            return;
        }
        journey.talkedAt = System.nanoTime();
        journey.agentAudioPort = audioPort;
        audio.begin(journey);
        if (journey.held) {
            return;
        }
        post.in(
                talkNanos,
                () -> {
                    if (!journey.finished) {
                        patients.hangUp(journey);
                    }
                });
    }

    @Override
    public void over(String number, String extension) {
        freeSince.put(extension, System.nanoTime());
        var journey = byNumber.get(number);
        if (journey != null) {
            journey.agentOver = true;
            if (journey.callerOver) {
                finish(journey, "");
            }
        }
    }

    @Override
    public void close() throws IOException {
        audio.close();
        post.close();
    }

    private <T> Tally measure(Window window, Supplier<T> probe) throws IOException {
        tally = new Tally();
        long repeats = post.repeats();
        int seen = phones.repeatsSeen() + patients.repeatsSeen();
        run(Duration.ofSeconds(window.fill()));
        counting = true;
        tally.well = 0;
        probe.get();
        run(Duration.ofSeconds(window.seconds()));
        probe.get();
        int well = tally.well;
        counting = false;
        kept = 0;
        drain();
        tally.well = well;
        tally.repeats = (int) (post.repeats() - repeats);
        tally.repeatsSeen = phones.repeatsSeen() + patients.repeatsSeen() - seen;
        return tally;
    }

    private void startAt(long due, double rate, long end) {
        if (due < end) {
            post.at(
                    due,
                    () -> {
                        start();
                        startAt(due + Math.round(1e9 / rate), rate, end);
                    });
        }
    }

    private void beginTally() {
        tally = new Tally();
        repeatsBefore = post.repeats();
        repeatsSeenBefore = phones.repeatsSeen() + patients.repeatsSeen();
    }

    private Tally endTally() {
        tally.repeats = (int) (post.repeats() - repeatsBefore);
        tally.repeatsSeen = phones.repeatsSeen() + patients.repeatsSeen() - repeatsSeenBefore;
        return tally;
    }

    private void drain() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (byNumber.size() > held.size() && System.nanoTime() < end) {
            run(Duration.ofMillis(50));
        }
        // Repeats that are still to come belong to this step.
        run(Duration.ofMillis(1100));
    }

    private void start() {
        var journey = new Journey(++lastId, System.nanoTime(), false);
        byNumber.put(journey.number, journey);
        tally.started++;
        patients.dial(journey);
        post.in(
                PATIENCE_NANOS - 1,
                () -> {
                    if (!journey.finished) {
                        finish(journey, stage(journey));
                    }
                });
    }

    private static String stage(Journey journey) {
        if (journey.answeredAt == 0) {
            return "no answer";
        }
        if (journey.rangAt == 0) {
            return "no agent rang";
        }
        return journey.talkedAt == 0 ? "no ACK for the agent" : "no BYE came through";
    }

    private void finish(Journey journey, String failure) {
        if (journey.finished) {
            return;
        }
        journey.finished = true;
        audio.end(journey);
        byNumber.remove(journey.number);
        // Late repeats still find it for a while.
        post.in(5_000_000_000L, () -> patients.forget(journey));
        if (journey.held) {
            journey.releasedWell = failure.isEmpty() && releasing;
            return;
        }
        if (!failure.isEmpty()) {
            tally.lastFailed = Math.max(tally.lastFailed, journey.startedAt);
        }
        if (failure.isEmpty()) {
            tally.well++;
        } else {
            tally.failed(failure);
        }
        if (kept > 0 && byNumber.size() < kept) {
            start();
        }
    }

    private void receive(Letter letter, DatagramChannel socket) {
        if (patients.owns(socket)) {
            patients.receive(letter);
        } else {
            phones.receive(letter, socket);
        }
    }

    private interface Fallible {
        void run() throws IOException;
    }

    private static void unchecked(Fallible action) {
        try {
            action.run();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
