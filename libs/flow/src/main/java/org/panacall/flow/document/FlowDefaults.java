// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import com.google.protobuf.Duration;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.HttpStep;
import org.panacall.proto.directory.v1.Step;

/** What a document need not say: how long is waited for keys, and how often is asked. */
public final class FlowDefaults {

    private static final Duration FIRST_KEY = Duration.newBuilder().setSeconds(5).build();
    private static final Duration INTER_KEY =
            Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build();
    private static final Duration BETWEEN_DIGITS = Duration.newBuilder().setSeconds(4).build();

    private static final Duration BETWEEN_LETTERS = Duration.newBuilder().setSeconds(3).build();
    private static final Duration CONNECT = Duration.newBuilder().setSeconds(2).build();
    private static final Duration WHOLE = Duration.newBuilder().setSeconds(5).build();
    private static final int BEST = 5;
    private static final int ATTEMPTS = 3;
    private static final Duration LONGEST = Duration.newBuilder().setSeconds(180).build();
    private static final Duration SILENCE = Duration.newBuilder().setSeconds(5).build();
    private static final Duration SHORTEST = Duration.newBuilder().setSeconds(1).build();

    private static final Duration GROUP_RING = Duration.newBuilder().setSeconds(20).build();
    private static final Duration CONFERENCE = Duration.newBuilder().setSeconds(7_200).build();
    private static final int PARTICIPANTS = 20;

    private FlowDefaults() {}

    public static Flow complete(Flow flow) {
        var whole = flow.toBuilder();
        whole.getStepsBuilderList().forEach(FlowDefaults::complete);
        return whole.build();
    }

    private static void complete(Step.Builder step) {
        switch (step.getKindCase()) {
            case MENU -> {
                var menu = step.getMenuBuilder();
                if (!menu.hasFirstKeyTimeout()) {
                    menu.setFirstKeyTimeout(FIRST_KEY);
                }
                if (!menu.hasInterKeyTimeout()) {
                    menu.setInterKeyTimeout(INTER_KEY);
                }
                if (menu.getMaxAttempts() == 0) {
                    menu.setMaxAttempts(ATTEMPTS);
                }
            }
            case DIAL -> {
                var dial = step.getDialBuilder();
                if (!dial.hasFirstKeyTimeout()) {
                    dial.setFirstKeyTimeout(FIRST_KEY);
                }
                if (!dial.hasInterKeyTimeout()) {
                    dial.setInterKeyTimeout(INTER_KEY);
                }
                if (dial.getMaxAttempts() == 0) {
                    dial.setMaxAttempts(ATTEMPTS);
                }
            }
            case DIAL_BY_NAME -> {
                var dial = step.getDialByNameBuilder();
                if (!dial.hasFirstKeyTimeout()) {
                    dial.setFirstKeyTimeout(FIRST_KEY);
                }
                if (!dial.hasInterKeyTimeout()) {
                    dial.setInterKeyTimeout(BETWEEN_LETTERS);
                }
                if (dial.getMaxAttempts() == 0) {
                    dial.setMaxAttempts(ATTEMPTS);
                }
            }
            case COLLECT -> {
                var collect = step.getCollectBuilder();
                if (!collect.hasFirstKeyTimeout()) {
                    collect.setFirstKeyTimeout(FIRST_KEY);
                }
                if (!collect.hasInterKeyTimeout()) {
                    collect.setInterKeyTimeout(BETWEEN_DIGITS);
                }
                if (collect.getMaxAttempts() == 0) {
                    collect.setMaxAttempts(ATTEMPTS);
                }
                if (collect.getMinDigits() == 0) {
                    collect.setMinDigits(1);
                }
            }
            case HTTP -> complete(step.getHttpBuilder());
            case MANAGER -> {
                if (step.getManager().hasCrm()) {
                    complete(step.getManagerBuilder().getCrmBuilder());
                }
            }
            case RATE -> {
                var rate = step.getRateBuilder();
                if (!rate.hasFirstKeyTimeout()) {
                    rate.setFirstKeyTimeout(FIRST_KEY);
                }
                if (rate.getMaxAttempts() == 0) {
                    rate.setMaxAttempts(ATTEMPTS);
                }
                if (rate.getBest() == 0) {
                    rate.setBest(BEST);
                }
            }
            case RECORD -> {
                var record = step.getRecordBuilder();
                if (!record.hasLongest()) {
                    record.setLongest(LONGEST);
                }
                if (!record.hasSilence()) {
                    record.setSilence(SILENCE);
                }
                if (!record.hasShortest()) {
                    record.setShortest(SHORTEST);
                }
                if (record.getEndKeys().isEmpty()) {
                    record.setEndKeys("#");
                }
            }
            case RING_GROUP -> {
                var group = step.getRingGroupBuilder();
                if (!group.hasRingTimeout()) {
                    group.setRingTimeout(GROUP_RING);
                }
            }
            case CONFERENCE -> {
                var conference = step.getConferenceBuilder();
                if (!conference.hasLongest()) {
                    conference.setLongest(CONFERENCE);
                }
                if (conference.getParticipants() == 0) {
                    conference.setParticipants(PARTICIPANTS);
                }
            }
            case MESSAGES -> {
                if (!step.getMessages().hasFirstKeyTimeout()) {
                    step.getMessagesBuilder().setFirstKeyTimeout(FIRST_KEY);
                }
            }
            default -> {}
        }
    }

    private static void complete(HttpStep.Builder http) {
        if (!http.hasConnectTimeout()) {
            http.setConnectTimeout(CONNECT);
        }
        if (!http.hasTimeout()) {
            http.setTimeout(WHOLE);
        }
    }
}
