// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import java.util.Optional;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.call.v1.RecordingMade;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.call.v1.TalkRecordingOutcome;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.leg.RecordingPlan;

/** Recordings in the words of the contract. */
public final class Recordings {

    private Recordings() {}

    /** What is ordered, if anything is. */
    public static Optional<RecordingPlan> plan(boolean present, RecordingOrder order) {
        if (!present) return Optional.empty();
        return Optional.of(
                new RecordingPlan(
                        order.getKind().name(),
                        order.getMailbox(),
                        order.getCallerNumber(),
                        order.getLanguage(),
                        Prompts.ofMessage(order.getLongest()),
                        order.hasSilence()
                                ? Optional.of(Prompts.ofMessage(order.getSilence()))
                                : Optional.empty(),
                        order.getEndKeys(),
                        Prompts.ofMessage(order.getShortest()),
                        order.getAgentExtension()));
    }

    public static RecordingOrder toMessage(RecordingPlan plan) {
        var order =
                RecordingOrder.newBuilder()
                        .setKind(RecordingKind.valueOf(plan.kind()))
                        .setMailbox(plan.mailbox())
                        .setCallerNumber(plan.callerNumber())
                        .setLanguage(plan.language())
                        .setLongest(Prompts.toMessage(plan.longest()))
                        .setEndKeys(plan.endKeys())
                        .setShortest(Prompts.toMessage(plan.shortest()))
                        .setAgentExtension(plan.agent());
        plan.silence().map(Prompts::toMessage).ifPresent(order::setSilence);
        return order.build();
    }

    /** What came of it, if it began. */
    public static Optional<Notice.Recorded> made(boolean present, RecordingMade made) {
        if (!present) return Optional.empty();
        return Optional.of(
                new Notice.Recorded(
                        made.getRecordingId(),
                        Prompts.ofMessage(made.getLength()),
                        made.getEnd().name()));
    }

    public static RecordingMade toMessage(Notice.Recorded recorded) {
        return RecordingMade.newBuilder()
                .setRecordingId(recorded.recording())
                .setLength(Prompts.toMessage(recorded.length()))
                .setEnd(RecordingEnd.valueOf(recorded.end()))
                .build();
    }

    public static TalkRecordingOutcome toMessage(CallEvent.TalkRecording.Outcome outcome) {
        return TalkRecordingOutcome.valueOf("TALK_RECORDING_OUTCOME_" + outcome);
    }
}
