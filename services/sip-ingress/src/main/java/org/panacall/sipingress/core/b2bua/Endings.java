// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.LegState.Ended;
import org.panacall.sipingress.core.leg.MediaState;
import org.panacall.sipingress.core.message.ReasonHeader;

/**
 * How legs and calls end. The end of the first leg, or of one that talks, ends the call; all other
 * legs are told in the same turn. A leg is recorded as finished when media has told its figures.
 */
final class Endings {

    private final Duration mediaTimeout;
    private final Talks talks;

    Endings(Duration mediaTimeout, Talks talks) {
        this.mediaTimeout = mediaTimeout;
        this.talks = talks;
    }

    /** The party's side is over already: BYE, CANCEL or a refusal came. */
    void legOver(Call call, Leg leg, EndReason reason, int status, Emitted out) {
        if (!leg.isEnded()) legsOver(call, List.of(leg), new Ended(reason, status), out);
    }

    /** The same of several at once; none of them is told by SIP. */
    void legsOver(Call call, List<Leg> legs, Ended how, Emitted out) {
        var reason = how.reason();
        int status = how.status();
        boolean talked = false;
        for (var leg : legs) {
            talked |= call.part(leg.id());
            close(call, leg, reason, status, out);
        }
        boolean ourOwn = call.control() instanceof Control.Ours;
        if (talked || ourOwn || call.primary().isEnded() || call.isOver()) {
            endCall(call, reason, status, out);
        } else {
            talks.refresh(call, out);
        }
    }

    /** We end a leg, whatever its state. */
    void hangUp(Call call, Leg leg, EndReason reason, Emitted out) {
        if (leg.isEnded()) return;
        int status = reason.status();
        partWith(leg, reason, status, out);
        legOver(call, leg, reason, status, out);
    }

    /** We end a call. */
    void hangUp(Call call, EndReason reason, Emitted out) {
        endCall(call, reason, reason.status(), out);
    }

    private void endCall(Call call, EndReason reason, int status, Emitted out) {
        boolean first = call.end().isEmpty();
        call.ends(reason);
        for (var leg : List.copyOf(call.legs())) {
            if (leg.isEnded()) continue;
            partWith(leg, reason, status, out);
            call.part(leg.id());
            close(call, leg, reason, status, out);
        }
        if (first) {
            out.tell(call, new Notice.CallEnded(reason));
            out.tellOwnEnded(call);
        }
        finishCall(call, out);
    }

    /** Says good-bye in the way that fits the leg's state. */
    private static void partWith(Leg leg, EndReason reason, int status, Emitted out) {
        var why = Optional.of(why(reason));
        switch (leg.state()) {
            case LegState.Opening opening when leg.plan().isPresent() -> {
                // Our INVITE has not been sent yet.
            }
            case LegState.Opening opening -> reject(leg, status, why, out);
            case LegState.Offered offered -> reject(leg, status, why, out);
            case LegState.Calling calling -> out.sip(new UserAgentCommand.Cancel(leg.id(), why));
            case LegState.Ringing ringing -> out.sip(new UserAgentCommand.Cancel(leg.id(), why));
            case LegState.Answered answered -> out.sip(new UserAgentCommand.Bye(leg.id(), why));
            case Ended ended -> {
                // Said already.
            }
        }
    }

    /** Phones show a call that was answered elsewhere in another way than a missed one. */
    private static ReasonHeader why(EndReason reason) {
        return reason.reason().equals("answered-elsewhere")
                ? ReasonHeader.completedElsewhere()
                : ReasonHeader.q850(reason.cause());
    }

    private static void reject(Leg leg, int status, Optional<ReasonHeader> why, Emitted out) {
        int known = status >= 400 && status <= 699 ? status : 480;
        out.sip(new UserAgentCommand.Reject(leg.id(), known, why, List.of()));
    }

    private void close(Call call, Leg leg, EndReason reason, int status, Emitted out) {
        out.touch(call);
        leg.becomes(new Ended(reason, leg.wasAnswered() ? 0 : status));
        if (leg.media() instanceof MediaState.Open) closeMedia(call, leg, out);
        out.tell(call, new Notice.LegEnded(leg.id(), reason, leg.wasAnswered() ? 0 : status));
        if (leg.media() instanceof MediaState.Closed) finish(call, leg, out);
    }

    /** Has media close a leg that is open there. */
    void closeMedia(Call call, Leg leg, Emitted out) {
        leg.mediaClosing(out.now().plus(mediaTimeout));
        out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), call.node().orElseThrow()));
    }

    /** Media has nothing left of a leg. */
    void mediaClosed(Call call, Leg leg, LegQuality quality, Emitted out) {
        out.touch(call);
        leg.mediaClosed(quality);
        if (leg.isEnded()) finish(call, leg, out);
        finishCall(call, out);
    }

    private static void finish(Call call, Leg leg, Emitted out) {
        if (!(leg.state() instanceof Ended(var reason, var status)) || !leg.finish()) {
            return;
        }
        var quality =
                leg.media() instanceof MediaState.Closed(var measured)
                        ? measured
                        : LegQuality.UNKNOWN;
        out.fact(call, new CallEvent.LegFinished(leg.id(), reason, status, quality));
    }

    private static void finishCall(Call call, Emitted out) {
        if (call.isOver() && call.isFinished() && call.finish()) {
            out.fact(call, new CallEvent.CallFinished(call.end().orElseThrow()));
        }
    }
}
