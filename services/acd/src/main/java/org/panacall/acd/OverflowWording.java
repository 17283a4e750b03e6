// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import java.time.Duration;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Why;
import org.panacall.proto.directory.v1.ExternalNumber;
import org.panacall.proto.directory.v1.OverflowAction;
import org.panacall.proto.directory.v1.OverflowWhen;

/** Words of overflow that core and contracts have in common. */
public final class OverflowWording {

    private static final Duration RING_TIMEOUT = Duration.ofSeconds(30);

    private OverflowWording() {}

    /**
     * @throws IllegalArgumentException when it says nothing, or nothing that we know
     */
    public static Action action(OverflowAction action) {
        return switch (action.getActionCase()) {
            case QUEUE_ID -> new Action.ToQueue(new QueueId(action.getQueueId()));
            case EXTENSION -> new Action.ToPerson(new Extension(action.getExtension()));
            case NUMBER -> number(action.getNumber());
            case FLOW_ID -> new Action.ToFlow(action.getFlowId());
            case ANNOUNCEMENT -> new Action.Announce(action.getAnnouncement().getPromptId());
            case VOICEMAIL -> new Action.TakeMessage(action.getVoicemail().getFlowId());
            case BACK_TO_FLOW -> new Action.BackToFlow(action.getBackToFlow());
            case KEEP_WAITING -> new Action.KeepWaiting();
            case ACTION_NOT_SET -> throw new IllegalArgumentException("what is to be tried?");
        };
    }

    private static Action number(ExternalNumber number) {
        var ring =
                number.hasRingTimeout() ? Wording.duration(number.getRingTimeout()) : RING_TIMEOUT;
        return new Action.ToNumber(new PartyNumber(number.getNumber()), number.getLabel(), ring);
    }

    public static OverflowWhen when(Why why) {
        return switch (why) {
            case CLOSED -> OverflowWhen.OVERFLOW_WHEN_CLOSED;
            case FULL -> OverflowWhen.OVERFLOW_WHEN_FULL;
            case NOBODY_SIGNED_IN -> OverflowWhen.OVERFLOW_WHEN_NOBODY_SIGNED_IN;
            case NOBODY_READY -> OverflowWhen.OVERFLOW_WHEN_NOBODY_READY;
            case LINE_TOO_LONG -> OverflowWhen.OVERFLOW_WHEN_LINE_TOO_LONG;
            case WAIT_PREDICTED_TOO_LONG -> OverflowWhen.OVERFLOW_WHEN_WAIT_PREDICTED_TOO_LONG;
            case WAITED_TOO_LONG -> OverflowWhen.OVERFLOW_WHEN_WAITED_TOO_LONG;
            case UNREACHABLE -> OverflowWhen.OVERFLOW_WHEN_UNREACHABLE;
        };
    }

    public static Why why(OverflowWhen when) {
        return switch (when) {
            case OVERFLOW_WHEN_CLOSED -> Why.CLOSED;
            case OVERFLOW_WHEN_FULL -> Why.FULL;
            case OVERFLOW_WHEN_NOBODY_SIGNED_IN -> Why.NOBODY_SIGNED_IN;
            case OVERFLOW_WHEN_NOBODY_READY -> Why.NOBODY_READY;
            case OVERFLOW_WHEN_LINE_TOO_LONG -> Why.LINE_TOO_LONG;
            case OVERFLOW_WHEN_WAIT_PREDICTED_TOO_LONG -> Why.WAIT_PREDICTED_TOO_LONG;
            case OVERFLOW_WHEN_WAITED_TOO_LONG -> Why.WAITED_TOO_LONG;
            case OVERFLOW_WHEN_UNREACHABLE, OVERFLOW_WHEN_UNSPECIFIED, UNRECOGNIZED ->
                    Why.UNREACHABLE;
        };
    }
}
