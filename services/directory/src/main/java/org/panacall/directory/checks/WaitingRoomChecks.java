// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.List;
import java.util.regex.Pattern;
import org.panacall.proto.directory.v1.Queue;

/** Rules of what callers hear and are offered while they wait. */
final class WaitingRoomChecks {

    private static final Duration OFTEN = Durations.fromSeconds(10);
    private static final Duration SECOND = Durations.fromSeconds(1);
    private static final Duration DAY = Durations.fromDays(1);
    private static final Pattern KEY = Pattern.compile("[0-9]?");
    private static final int SAMPLES_MAX = 10_000;
    private static final int PROMPTS_MAX = 32;
    private static final int ATTEMPTS_MAX = 10;
    private static final int CAPACITY_MAX = 10_000;

    /** One a line. */
    static final List<QueueCheck> ALL =
            List.of(
                    WaitingRoomChecks::figures,
                    WaitingRoomChecks::information,
                    WaitingRoomChecks::offer,
                    WaitingRoomChecks::promises);

    private WaitingRoomChecks() {}

    private static void figures(Queue queue, Surroundings around, Faults faults) {
        var figures = queue.getWaitingRoom().getFigures();
        var at = "waitingRoom.figures.";
        atMost(faults, at + "firstAfter", figures.getFirstAfter(), DAY);
        if (figures.hasEvery()) {
            between(faults, at + "every", figures.getEvery(), OFTEN);
        }
        atMost(faults, at + "samplesMin", figures.getSamplesMin(), SAMPLES_MAX);
    }

    private static void information(Queue queue, Surroundings around, Faults faults) {
        var information = queue.getWaitingRoom().getInformation();
        var at = "waitingRoom.information.";
        atMost(faults, at + "promptIds", information.getPromptIdsCount(), PROMPTS_MAX);
        for (int i = 0; i < information.getPromptIdsCount(); i++) {
            QueueChecks.prompt(faults, at + "promptIds[" + i + "]", information.getPromptIds(i));
        }
        atMost(faults, at + "firstAfter", information.getFirstAfter(), DAY);
        if (information.hasEvery()) {
            between(faults, at + "every", information.getEvery(), OFTEN);
        }
    }

    private static void offer(Queue queue, Surroundings around, Faults faults) {
        var callbacks = queue.getWaitingRoom().getCallbacks();
        var at = "waitingRoom.callbacks.";
        if (!KEY.matcher(callbacks.getKey()).matches()) {
            faults.add(at + "key", "must be one of 0 to 9");
        }
        atMost(faults, at + "whenWaiting", callbacks.getWhenWaiting(), Integer.MAX_VALUE);
        atMost(faults, at + "whenWait", callbacks.getWhenWait(), DAY);
    }

    private static void promises(Queue queue, Surroundings around, Faults faults) {
        var callbacks = queue.getWaitingRoom().getCallbacks();
        var at = "waitingRoom.callbacks.";
        if (callbacks.hasExpiresAfter()) {
            between(faults, at + "expiresAfter", callbacks.getExpiresAfter(), SECOND);
        }
        if (callbacks.hasRetryAfter()) {
            between(faults, at + "retryAfter", callbacks.getRetryAfter(), SECOND);
        }
        atMost(faults, at + "automaticAfter", callbacks.getAutomaticAfter(), DAY);
        atMost(faults, at + "attempts", callbacks.getAttempts(), ATTEMPTS_MAX);
        atMost(faults, at + "capacity", callbacks.getCapacity(), CAPACITY_MAX);
    }

    private static void between(Faults faults, String field, Duration value, Duration least) {
        if (Durations.compare(value, least) < 0) {
            faults.add(field, "must be at least " + Durations.toSeconds(least) + " s");
        }
        atMost(faults, field, value, DAY);
    }

    private static void atMost(Faults faults, String field, Duration value, Duration most) {
        if (Durations.compare(value, most) > 0) {
            faults.add(field, "must be at most " + Durations.toSeconds(most) + " s");
        }
    }

    /** Numbers of the contract have no sign, Java's have. */
    private static void atMost(Faults faults, String field, int value, int most) {
        if (value < 0 || value > most) {
            faults.add(field, "must be at most " + most);
        }
    }
}
