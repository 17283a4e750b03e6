// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Many calls at once at little cost, on the thread of whoever runs it: telephones that answer and
 * stay, callers who dial when told and hang up when told. It remembers every ring.
 */
public final class Crowd implements AutoCloseable, Patients.Listener, Phones.Listener {

    private static final long REGISTRATION_NANOS = Duration.ofMillis(22).toNanos();
    private static final Duration STEP = Duration.ofMillis(20);

    /** A telephone rang for a caller's number, or was done with it, at nanoTime. */
    public record Ring(String number, String extension, long nanos) {}

    private final Post post;
    private final SilentAudio audio = SilentAudio.sparse();
    private final Phones phones;
    private final int edgePort;
    private final Map<String, Patients> callers = new HashMap<>();
    private final Map<Journey, Patients> dialled = new HashMap<>();
    private final Map<String, Journey> journeys = new HashMap<>();
    private final Map<Journey, String> ends = new HashMap<>();
    private final List<Ring> rings = new ArrayList<>();
    private final List<Ring> rests = new ArrayList<>();
    private final Map<String, String> talking = new HashMap<>();
    private Consumer<Journey> onTalk = journey -> {};
    private final Set<String> atPhones = new HashSet<>();
    private int phonesTwice;
    private int callsTwice;
    private long lastId = System.currentTimeMillis() % 1_000_000 * 700;

    public Crowd(int edgePort) throws IOException {
        this.edgePort = edgePort;
        post = new Post(new InetSocketAddress("127.0.0.1", edgePort));
        phones = new Phones(post, SilentAudio.description("127.0.0.1", audio.agentsPort()), this);
    }

    /** Registers so many telephones more, and waits for it. */
    public void register(int count, Duration limit) {
        long now = System.nanoTime();
        int wanted = phones.registered() + count;
        for (int i = 0; i < count; i++) {
            post.at(now + i * REGISTRATION_NANOS, () -> unchecked(phones::registerNext));
        }
        if (!await(() -> phones.registered() >= wanted, limit)) {
            throw new IllegalStateException(phones.registered() + " of " + wanted + " registered");
        }
    }

    /** How long telephones ring from now on before they answer. */
    public void ringFor(Duration time) {
        phones.ringFor(time);
    }

    /** The same for one telephone. */
    public void ringFor(String extension, Duration time) {
        phones.ringFor(extension, time);
    }

    /** Told of each talk that begins. */
    public void onTalk(Consumer<Journey> hearer) {
        onTalk = hearer;
    }

    /** A caller with a number of his own dials. */
    public Journey dial(String number) {
        var patients = callers.computeIfAbsent(number, this::patients);
        var journey = new Journey(++lastId, System.nanoTime(), true);
        journeys.put(journey.number, journey);
        dialled.put(journey, patients);
        patients.dial(journey);
        return journey;
    }

    private Patients patients(String number) {
        try {
            var description = SilentAudio.description(Patients.HOST, audio.callersPort());
            return new Patients(post, new Patients.Target(number, edgePort), description, this);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void hangUp(Journey journey) {
        journey.releasing = true;
        dialled.get(journey).hangUp(journey);
    }

    /** What is to happen after a while. */
    public void in(Duration delay, Runnable deed) {
        post.in(delay.toNanos(), deed);
    }

    /** Every ring so far, the oldest first. */
    public List<Ring> rings() {
        return rings;
    }

    /** When telephones were done with what they had rung for, in the order of that. */
    public List<Ring> rests() {
        return rests;
    }

    /** How often a telephone rang that had a call. */
    public int phonesTwice() {
        return phonesTwice;
    }

    /** How often a call rang that was at a telephone already, ringing or talking. */
    public int callsTwice() {
        return callsTwice;
    }

    /** Whether a call came to its end by its caller's BYE, on both sides. */
    public boolean endedWell(Journey journey) {
        return journey.releasing && journey.agentOver && "".equals(ends.get(journey));
    }

    /** Whether a call is over though nobody hung up. */
    public boolean lost(Journey journey) {
        return !journey.releasing && (journey.agentOver || ends.containsKey(journey));
    }

    /** Why it is over, for a report. */
    public String end(Journey journey) {
        return ends.getOrDefault(journey, journey.agentOver ? "the agent's leg ended" : "lives");
    }

    public void run(Duration time) {
        try {
            post.runUntil(System.nanoTime() + time.toNanos(), this::receive);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Goes on until it is so; false when it is not in time. */
    public boolean await(BooleanSupplier wish, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!wish.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            run(STEP);
        }
        return true;
    }

    @Override
    public void answered(Journey journey) {
        audio.begin(journey);
    }

    @Override
    public void over(Journey journey, String how) {
        ends.putIfAbsent(journey, how);
        audio.end(journey);
    }

    @Override
    public void rings(String number, String extension) {
        rings.add(new Ring(number, extension, System.nanoTime()));
        if (talking.putIfAbsent(extension, number) != null) {
            phonesTwice++;
        }
        if (!atPhones.add(number)) {
            callsTwice++;
        }
        var journey = journeys.get(number);
        if (journey != null) {
            journey.rangAt = System.nanoTime();
        }
    }

    @Override
    public void talks(String number, int audioPort) {
        var journey = journeys.get(number);
        if (journey != null && journey.talkedAt == 0) {
            journey.talkedAt = System.nanoTime();
            journey.agentAudioPort = audioPort;
            onTalk.accept(journey);
        }
    }

    @Override
    public void over(String number, String extension) {
        rests.add(new Ring(number, extension, System.nanoTime()));
        talking.remove(extension, number);
        atPhones.remove(number);
        var journey = journeys.get(number);
        if (journey != null) {
            journey.agentOver = true;
        }
    }

    @Override
    public void close() {
        try {
            audio.close();
            post.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void receive(Letter letter, DatagramChannel socket) {
        for (var patients : callers.values()) {
            if (patients.owns(socket)) {
                patients.receive(letter);
                return;
            }
        }
        phones.receive(letter, socket);
    }

    private interface Fallible {
        void run() throws IOException;
    }

    private static void unchecked(Fallible action) {
        try {
            action.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
