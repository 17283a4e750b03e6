// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.anchor.Anchoring;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;
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
 *
 * <p>Who controls a call hears of its end when those to whom we said BYE have answered: what it
 * does next may be to ring the same phone, and that INVITE could overtake the BYE at the edge.
 */
final class Endings {

    private final CallSettings settings;
    private final Talks talks;

    Endings(CallSettings settings, Talks talks) {
        this.settings = settings;
        this.talks = talks;
    }

    /** The party's side is over already: BYE, CANCEL or a refusal came. */
    void legOver(Call call, Leg leg, Ended how, Emitted out) {
        if (!leg.isEnded()) legsOver(call, List.of(leg), how, out);
    }

    /** The same of several at once; none of them is told by SIP. */
    void legsOver(Call call, List<Leg> legs, Ended how, Emitted out) {
        boolean talked = false;
        for (var leg : legs) {
            talked |= call.part(leg.id());
            close(call, leg, how, out);
        }
        boolean ourOwn = call.control() instanceof Control.Ours;
        if (talked || ourOwn || call.primary().isEnded() || call.isOver()) {
            endCall(call, how, out);
        } else {
            talks.refresh(call, out);
        }
    }

    /** The party of a leg hung up; whom it talked with goes on, and its controller is told so. */
    void left(Call call, Leg leg, Ended how, String flow, Emitted out) {
        call.part(leg.id());
        close(call, leg, how, flow, out);
        talks.refresh(call, out);
    }

    /** We end the leg of whom the caller talked with; the caller goes on, into that flow. */
    void release(Call call, Leg leg, EndReason reason, String flow, Emitted out) {
        partWith(call, leg, reason, 0, out);
        left(call, leg, new Ended(reason, 0, out.now()), flow, out);
    }

    /** We end a leg, whatever its state. */
    void hangUp(Call call, Leg leg, EndReason reason, Emitted out) {
        if (leg.isEnded()) return;
        int status = reason.status();
        partWith(call, leg, reason, status, out);
        legOver(call, leg, new Ended(reason, status, out.now()), out);
    }

    /** We end a call. */
    void hangUp(Call call, EndReason reason, Emitted out) {
        endCall(call, new Ended(reason, reason.status(), out.now()), out);
    }

    /** All who are left are told now, whenever the one hung up for whom it ends. */
    private void endCall(Call call, Ended how, Emitted out) {
        if (call.end().isEmpty()) call.endDue(out.now().plus(settings.clearPatience()));
        call.ends(how.reason(), how.at());
        for (var leg : List.copyOf(call.legs())) {
            if (leg.isEnded()) continue;
            partWith(call, leg, how.reason(), how.status(), out);
            call.part(leg.id());
            close(call, leg, new Ended(how.reason(), how.status(), out.now()), out);
        }
        tellEnd(call, out);
        finishCall(call, out);
    }

    /** Nothing of the leg is left on the wire. */
    void clear(Call call, Leg leg, EndReason otherwise, Emitted out) {
        legOver(call, leg, new Ended(otherwise, 480, out.now()), out);
        call.parted(leg.id());
        out.touch(call);
        tellEnd(call, out);
    }

    /** Tells of a call's end once it may be told: all phones are free, or have had their time. */
    void tellEnd(Call call, Emitted out) {
        if (call.endDue().filter(by -> !call.isParting() || !by.isAfter(out.now())).isEmpty()) {
            return;
        }
        if (call.isParting()) out.count(IngressEffect.Counted.END_TOLD_UNCLEAR);
        tellEndNow(call, out);
    }

    private static void tellEndNow(Call call, Emitted out) {
        if (call.endDue().isEmpty()) return;
        call.endTold();
        out.tellEnded(call);
    }

    /** We stop: nobody would be there to tell of the end later. */
    void shutDown(Call call, Emitted out) {
        hangUp(call, EndReason.us("shutdown"), out);
        tellEndNow(call, out);
    }

    /** Says good-bye in the way that fits the leg's state. */
    private static void partWith(Call call, Leg leg, EndReason reason, int status, Emitted out) {
        var why = Optional.of(why(reason));
        switch (leg.state()) {
            case LegState.Opening opening when leg.plan().isPresent() -> {
                // Our INVITE has not been sent yet.
            }
            case LegState.Opening opening -> reject(leg, status, why, out);
            case LegState.Offered offered -> reject(leg, status, why, out);
            case LegState.Calling calling -> out.sip(new UserAgentCommand.Cancel(leg.id(), why));
            case LegState.Ringing ringing -> out.sip(new UserAgentCommand.Cancel(leg.id(), why));
            case LegState.Answered answered -> {
                call.parting(leg.id());
                out.sip(new UserAgentCommand.Bye(leg.id(), why));
            }
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

    private void close(Call call, Leg leg, Ended how, Emitted out) {
        close(call, leg, how, "", out);
    }

    private void close(Call call, Leg leg, Ended how, String flow, Emitted out) {
        out.touch(call);
        int status = leg.wasAnswered() ? 0 : how.status();
        leg.becomes(new Ended(how.reason(), status, how.at()));
        closeWhereItWas(call, leg, out);
        if (leg.media() instanceof MediaState.Open) closeMedia(call, leg, out);
        out.tell(call, new Notice.LegEnded(leg.id(), how.reason(), status, flow));
        if (leg.media() instanceof MediaState.Closed) finish(call, leg, out);
    }

    /** A call that ends on its way to another node may have left a leg at one that lives. */
    private static void closeWhereItWas(Call call, Leg leg, Emitted out) {
        var left = call.anchoring().filter(Anchoring::isMoving).flatMap(Anchoring::left);
        boolean gone = leg.media() instanceof MediaState.Opening || !left.equals(call.node());
        if (left.isEmpty() || !gone) return;
        out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), left.get()));
    }

    /** Has media close a leg that is open there. */
    void closeMedia(Call call, Leg leg, Emitted out) {
        leg.mediaClosing(out.now().plus(settings.mediaTimeout()));
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
        if (!(leg.state() instanceof Ended how) || !leg.finish()) return;
        var quality =
                leg.media() instanceof MediaState.Closed(var measured)
                        ? measured
                        : LegQuality.UNKNOWN;
        out.fact(call, new CallEvent.LegFinished(leg.id(), how, quality));
    }

    private static void finishCall(Call call, Emitted out) {
        if (call.isOver() && call.isFinished() && call.finish()) {
            var end = call.ending().orElseThrow();
            out.fact(call, new CallEvent.CallFinished(end.reason(), end.at()));
        }
    }
}
