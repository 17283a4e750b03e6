// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.wait.Trust;

/**
 * What callers hear and are offered while they wait in a queue.
 *
 * @param language of who has none of his own, BCP 47
 * @param trust when a forecast is good enough to be said
 */
public record WaitingRoom(
        String language,
        Figures figures,
        Information information,
        Trust trust,
        Callbacks callbacks) {

    /** Nothing but music. */
    public static final WaitingRoom MUSIC_ONLY =
            new WaitingRoom("", Figures.NONE, Information.NONE, Trust.USUAL, Callbacks.NEVER);

    /** Whether it matters how long somebody may have to wait. */
    public boolean forecasts() {
        return figures.expectedWait() || callbacks.offer().expectedWait().isPositive();
    }

    /** When a caller hears how many are ahead of him, and how long it may take. */
    public record Figures(Duration first, Duration every, boolean position, boolean expectedWait) {

        private static final Duration OFTEN = Duration.ofSeconds(10);

        public static final Figures NONE =
                new Figures(Duration.ZERO, Duration.ofMinutes(1), false, false);

        public Figures {
            check(first, every);
        }

        private static void check(Duration first, Duration every) {
            if (first.isNegative() || every.compareTo(OFTEN) < 0) {
                throw new IllegalArgumentException("announcements need ten seconds between them");
            }
        }
    }

    /** What else he hears, one prompt after another: the clinic's news, opening hours. */
    public record Information(List<String> prompts, Duration first, Duration every) {

        public static final Information NONE =
                new Information(List.of(), Duration.ZERO, Duration.ofMinutes(1));

        private static final int PROMPTS_MAX = 32;

        public Information {
            prompts = List.copyOf(prompts);
            if (prompts.size() > PROMPTS_MAX) {
                throw new IllegalArgumentException("a queue may have at most 32 announcements");
            }
            Figures.check(first, every);
        }
    }

    /**
     * Whom the queue calls back.
     *
     * @param offer when a caller may choose it
     * @param rules what becomes of a promise
     * @param automatic who gave up after so long is called back unasked; empty: nobody is
     * @param numbers what callers mean by the keys they press
     */
    public record Callbacks(
            Offer offer, Rules rules, Optional<Duration> automatic, NumberRules numbers) {

        public static final Callbacks NEVER =
                new Callbacks(
                        Offer.NEVER, Rules.USUAL, Optional.empty(), NumberRules.INTERNATIONAL);
    }

    /**
     * When a callback is offered: if either is exceeded.
     *
     * @param waiting calls in the queue
     * @param expectedWait forecast for the caller; zero: whatever it is
     * @param key that asks for it
     */
    public record Offer(boolean made, int waiting, Duration expectedWait, char key) {

        public static final Offer NEVER = new Offer(false, 0, Duration.ZERO, '1');

        public Offer {
            if (key < '0' || key > '9' || waiting < 0 || expectedWait.isNegative()) {
                throw new IllegalArgumentException("a callback is asked for by one of 0 to 9");
            }
        }
    }

    /**
     * How a promise is kept.
     *
     * @param expiresAfter then the patient is told that nobody was free
     * @param attempts times that he is dialled
     * @param retryAfter how long he is left in peace after he did not answer
     * @param capacity promises a queue may have open at a time
     */
    public record Rules(Duration expiresAfter, int attempts, Duration retryAfter, int capacity) {

        /** Ten minutes, as thirty seconds would be over before anybody is free. */
        public static final Rules USUAL =
                new Rules(Duration.ofMinutes(10), 3, Duration.ofMinutes(2), 100);

        public Rules {
            if (attempts < 1 || attempts > 10 || capacity < 1) {
                throw new IllegalArgumentException("a callback has one to ten attempts");
            }
            if (!expiresAfter.isPositive() || retryAfter.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a callback needs some time");
            }
        }
    }
}
