// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.ua.Call;
import org.panacall.tests.ua.UserAgent;
import org.panacall.tests.ua.UserAgent.Habit;

/**
 * The agents' telephones, of one line each: they answer at once, say that they are busy while they
 * have a call, and remember every offer.
 */
final class Desk implements AutoCloseable {

    static final int PHONES_MAX = 8;

    /** Of these the first four are of the queue that callers wait in, the others of another. */
    static final int REGISTRY_PHONES = 4;

    private static final int FIRST_EXTENSION = 103;
    private static final int FIRST_TONE_HZ = 1_300;
    private static final Duration EXPIRES = Duration.ofSeconds(590);
    private static final Duration REGISTRATION_PAUSE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Clinic clinic;
    private final Map<String, UserAgent> phones = new HashMap<>();
    private final ConcurrentLinkedQueue<Offer> offers = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** A call that rang at a telephone, and was answered there unless it was busy. */
    record Offer(String number, String extension, int toneHz, long nanos, Call call) {

        boolean wasAnswered() {
            return call.isAnswered();
        }

        boolean isOverAt(long nanoTime) {
            return call.isEnded() && call.endedNanos() <= nanoTime;
        }
    }

    Desk(Clinic clinic, int count) {
        this.clinic = clinic;
        for (int i = 0; i < count; i++) {
            register(Integer.toString(FIRST_EXTENSION + i), FIRST_TONE_HZ + 50 * i);
        }
        if (!Pause.await(this::allReady, SOON)) {
            throw new IllegalStateException("agents are not ready: " + notReady());
        }
    }

    /** The last call of a number that rang somewhere. */
    Optional<Offer> offered(String number) {
        return offers.stream()
                .filter(Offer::wasAnswered)
                .filter(offer -> offer.number().equals(number))
                .max(Comparator.comparingLong(Offer::nanos));
    }

    /** The first ring after a moment, of any number given. */
    Optional<Offer> firstAfter(long nanoTime, List<String> numbers) {
        return offers.stream()
                .filter(Offer::wasAnswered)
                .filter(offer -> offer.nanos() >= nanoTime && numbers.contains(offer.number()))
                .min(Comparator.comparingLong(Offer::nanos));
    }

    /** How often a call rang while it already was at a phone. */
    int callsTwice() {
        return overlaps(Offer::number, offer -> true);
    }

    /** How often a phone was rung that had a call. */
    int phonesTwice() {
        return overlaps(Offer::extension, offer -> true);
    }

    /** How often a phone rang that had a call, those not counted that said it was busy. */
    int phonesTwiceInEarnest() {
        return overlaps(Offer::extension, Offer::wasAnswered);
    }

    /** Registers one phone again and again until it is: when that was; empty when it never was. */
    OptionalLong registerAgain(Duration limit) {
        var phone = phones.get(Integer.toString(FIRST_EXTENSION));
        boolean registered = Pause.await(() -> registers(phone), limit);
        return registered ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
    }

    boolean allReady() {
        return notReady().isEmpty();
    }

    /** Extensions whose agents are not ready, with what they are. */
    List<String> notReady() {
        var answer = clinic.ask("/agents");
        if (answer.isEmpty()) {
            return List.of("no answer");
        }
        return StreamSupport.stream(answer.get().path("items").spliterator(), false)
                .filter(agent -> phones.containsKey(agent.path("extension").asText()))
                .filter(agent -> !agent.path("state").asText().equals("ready"))
                .map(agent -> agent.path("extension").asText() + " " + agent.path("state").asText())
                .toList();
    }

    @Override
    public void close() {
        closed = true;
    }

    private static boolean registers(UserAgent phone) {
        try {
            if (phone.register(EXPIRES) == 200) {
                return true;
            }
        } catch (IllegalStateException noAnswer) {
            return false;
        }
        Pause.of(REGISTRATION_PAUSE);
        return false;
    }

    private void register(String extension, int toneHz) {
        var phone = clinic.phone(extension, toneHz);
        phone.setHabit(Habit.ANSWER_WHEN_FREE);
        int status = phone.register(EXPIRES);
        if (status != 200) {
            throw new IllegalStateException(extension + " is not registered: " + status);
        }
        phones.put(extension, phone);
        Thread.ofPlatform()
                .daemon()
                .name("desk-" + extension)
                .start(() -> answerAll(extension, phone));
    }

    private void answerAll(String extension, UserAgent phone) {
        while (!closed) {
            phone.awaitCall(Duration.ofSeconds(1))
                    .map(call -> offer(extension, phone, call))
                    .ifPresent(offers::add);
        }
    }

    private static Offer offer(String extension, UserAgent phone, Call call) {
        var caller = call.remoteUser();
        var number = caller.startsWith("+") ? caller : "+" + caller;
        return new Offer(number, extension, phone.toneHz(), call.createdNanos(), call);
    }

    private int overlaps(Function<Offer, String> by, Predicate<Offer> counted) {
        int found = 0;
        var latest = new HashMap<String, List<Offer>>();
        var inOrder = new ArrayList<>(offers.stream().filter(counted).toList());
        inOrder.sort(Comparator.comparingLong(Offer::nanos));
        for (var offer : inOrder) {
            var before = latest.computeIfAbsent(by.apply(offer), key -> new ArrayList<>());
            if (before.stream().anyMatch(one -> !one.isOverAt(offer.nanos()))) {
                found++;
            }
            before.add(offer);
        }
        return found;
    }
}
