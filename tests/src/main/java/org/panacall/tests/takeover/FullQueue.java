// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.takeover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.panacall.tests.load.Crowd;
import org.panacall.tests.load.Journey;

/** A queue with all agents talking and many calls waiting, and what becomes of them. */
final class FullQueue {

    private static final Duration BETWEEN_CALLS = Duration.ofMillis(150);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ENDS = Duration.ofMillis(100);
    private static final Duration SHORT_TALK = Duration.ofMillis(300);
    private static final Duration LONG_RING = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(30);

    /** INVITEs that leave acd one after another may arrive the other way round. */
    private static final long TOLERANCE_NANOS = 500_000_000;

    private final Crowd crowd;
    private final String number;
    private final List<Journey> talks = new ArrayList<>();
    private final List<Journey> waiting = new ArrayList<>();

    FullQueue(Crowd crowd, String number) {
        this.crowd = crowd;
        this.number = number;
    }

    /** As many talks as there are telephones, then so many who wait; queued tells when they do. */
    void fill(int talking, int queued, BooleanSupplier allWait) {
        dial(talks, talking);
        require("talks", crowd.await(() -> talks.stream().allMatch(FullQueue::talks), SOON));
        dial(waiting, queued);
        require("waiting calls", crowd.await(allWait, SOON));
    }

    /** Callers whom a busy platform refuses before it queues them dial again, and are last then. */
    private void dial(List<Journey> calls, int count) {
        long end = System.nanoTime() + BETWEEN_CALLS.multipliedBy(count).plus(SOON).toNanos();
        while (calls.size() < count && System.nanoTime() < end) {
            calls.add(crowd.dial(number));
            crowd.run(BETWEEN_CALLS);
            if (calls.size() == count) {
                crowd.run(ANSWER);
            }
            calls.removeIf(call -> crowd.end(call).equals("503"));
        }
    }

    /** Some telephones ring on and on when the next thing happens. */
    void ring(int count) {
        crowd.ringFor(LONG_RING);
        talks.subList(0, count).forEach(crowd::hangUp);
        require("rings", crowd.await(() -> rung() >= count, SOON));
        crowd.ringFor(Duration.ZERO);
    }

    private long rung() {
        return waiting.stream().filter(journey -> journey.rangAt != 0).count();
    }

    /** One agent is free: how long after that moment the next call rings, in milliseconds. */
    OptionalLong nextOfferMillis(long after) {
        var before = rung();
        talks.stream().filter(journey -> !journey.releasing).findFirst().ifPresent(crowd::hangUp);
        if (!crowd.await(() -> rung() > before, SOON)) {
            return OptionalLong.empty();
        }
        var first = waiting.stream().mapToLong(journey -> journey.rangAt).filter(at -> at > after);
        return OptionalLong.of((first.min().orElseThrow() - after) / 1_000_000);
    }

    /** Every talk is ended, one by one, and who waited is served; false when not in time. */
    boolean serveAll() {
        crowd.onTalk(journey -> crowd.in(SHORT_TALK, () -> crowd.hangUp(journey)));
        waiting.stream()
                .filter(FullQueue::talks)
                .filter(journey -> !journey.releasing)
                .forEach(crowd::hangUp);
        for (var talk : talks) {
            if (!talk.releasing && !crowd.lost(talk)) {
                crowd.hangUp(talk);
                crowd.run(BETWEEN_ENDS);
            }
        }
        var limit = SOON.plus(BETWEEN_CALLS.multipliedBy(waiting.size()));
        return crowd.await(
                () -> all().allMatch(call -> crowd.endedWell(call) || gone(call)), limit);
    }

    private boolean gone(Journey journey) {
        return crowd.lost(journey);
    }

    private Stream<Journey> all() {
        return Stream.concat(talks.stream(), waiting.stream());
    }

    private static boolean talks(Journey journey) {
        return journey.talkedAt != 0;
    }

    /** How calls were lost, and how many thus. */
    Map<String, Integer> lost() {
        var found = new TreeMap<String, Integer>();
        all().filter(journey -> !crowd.endedWell(journey))
                .forEach(journey -> found.merge(where(journey), 1, Integer::sum));
        return found;
    }

    private String where(Journey journey) {
        return (talks.contains(journey) ? "talk: " : "waiting: ") + crowd.end(journey);
    }

    /**
     * Calls that rang while they were at a telephone, telephones that rang while they had a call.
     */
    int twice() {
        return crowd.callsTwice() + crowd.phonesTwice();
    }

    /** Calls that an agent got though an older one waited. */
    int overtaken() {
        Map<String, Long> rang = new HashMap<>();
        crowd.rings().forEach(ring -> rang.putIfAbsent(ring.number(), ring.nanos()));
        int found = 0;
        long latestOfOlder = Long.MIN_VALUE;
        for (var call : waiting) {
            var at = rang.get(call.number);
            if (at != null && latestOfOlder > at + TOLERANCE_NANOS) {
                found++;
            }
            latestOfOlder = at == null ? latestOfOlder : Math.max(latestOfOlder, at);
        }
        return found;
    }

    private static void require(String what, boolean there) {
        if (!there) {
            throw new IllegalStateException("not in time: " + what);
        }
    }
}
