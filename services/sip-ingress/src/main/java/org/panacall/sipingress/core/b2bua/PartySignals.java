// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.sdp.Negotiation;
import org.panacall.sipingress.core.sdp.Sdp;

/** What the parties of legs say by SIP, once their leg exists. */
final class PartySignals {

    private static final Pattern SIGNAL =
            Pattern.compile("(?:Signal *= *)?([0-9*#A-D])(?:\\s+Duration *= *([0-9]{1,5}))?\\s*");

    private final Endings endings;
    private final Talks talks;
    private final Routing routing;
    private final Anchors anchors;
    private final LiveFlows live;

    PartySignals(Endings endings, Talks talks, Routing routing, Anchors anchors, LiveFlows live) {
        this.live = live;
        this.anchors = anchors;
        this.endings = endings;
        this.talks = talks;
        this.routing = routing;
    }

    /** 180, 183 and the like. */
    void provisional(Call call, Leg leg, UserAgentOutput.Provisional said, Emitted out) {
        boolean first = leg.state() instanceof LegState.Calling;
        if (leg.state() instanceof LegState.Calling calling) {
            leg.becomes(calling.ringing());
            out.fact(call, new CallEvent.LegRang(leg.id()));
            out.tell(call, new Notice.LegRinging(leg.id()));
        }
        boolean audible = said.sdp().isPresent() && configure(call, leg, said.sdp(), out);
        if (first || audible) farEndRings(call, leg, audible, out);
    }

    /** The far end of a call that we put through rings; perhaps it can be heard already. */
    private void farEndRings(Call call, Leg far, boolean audible, Emitted out) {
        var caller = call.primary();
        if (!call.control().isThrough() || !caller.isOffered()) return;
        if (audible && caller.hasOffer() && caller.local().isPresent()) {
            if (!call.hasTalk()) call.join(new LegPair(caller.id(), far.id()));
            talks.refresh(call, out);
            out.sip(new UserAgentCommand.Ring(caller.id(), 183, Optional.of(caller.describe())));
        } else {
            out.sip(new UserAgentCommand.Ring(caller.id(), 180, Optional.empty()));
        }
    }

    void accepted(Call call, Leg leg, Optional<String> sdp, Emitted out) {
        switch (leg.state()) {
            case LegState.Calling calling -> leg.becomes(calling.answered(out.now()));
            case LegState.Ringing ringing -> leg.becomes(ringing.answered(out.now()));
            case LegState.Opening opening -> throw new IllegalStateException("answered unasked");
            case LegState.Offered offered -> throw new IllegalStateException("not our INVITE");
            case LegState.Answered again -> throw new IllegalStateException("answered twice");
            case LegState.Ended ended -> {
                return;
            }
        }
        boolean early = sdp.isEmpty() && leg.audio().isPresent();
        if (sdp.isEmpty() && !early && leg.reoffer().isWanted()) {
            // The edge forgot our offer and could not pass their answer on: we offer again.
            out.touch(call);
            call.answered(out.now());
            anchors.reoffer(leg, out);
            return;
        }
        if (!early && !configure(call, leg, sdp, out)) {
            noCommonCodec(call, leg, out);
            return;
        }
        call.answered(out.now());
        routing.connected(call, leg, out);
        out.touch(call);
        routing.farEndAnswered(call, leg, out);
        if (leg.reoffer().isWanted()) anchors.reoffer(leg, out);
    }

    /** The ACK; with the answer, when ours was the offer. */
    void acknowledged(Call call, Leg leg, Optional<String> sdp, Emitted out) {
        if (!leg.awaitsAnswer() || leg.isEnded()) return;
        leg.awaitAnswer(false);
        boolean first = leg.audio().isEmpty();
        boolean held = leg.heldByParty();
        if (!configure(call, leg, sdp, out)) {
            noCommonCodec(call, leg, out);
        } else if (first) {
            routing.connected(call, leg, out);
        } else if (leg.heldByParty() != held) {
            talks.holdChanged(call, leg, false, out);
        }
    }

    /** A re-INVITE: hold, resume, another address or codec. */
    void reinvited(Call call, Leg leg, Optional<String> body, Emitted out) {
        if (leg.local().isEmpty()) {
            // On its way to another media node: they are to ask again in a moment (§14.1).
            out.sip(new UserAgentCommand.RejectReinvite(leg.id(), 491));
            return;
        }
        if (body.isEmpty()) {
            leg.awaitAnswer(true);
            out.sip(new UserAgentCommand.AcceptReinvite(leg.id(), leg.offerAnew()));
            return;
        }
        var offer = Sdp.parse(body.get()).flatMap(Negotiation::ofOffer);
        if (offer.isEmpty()) {
            out.sip(new UserAgentCommand.RejectReinvite(leg.id(), 488));
            return;
        }
        boolean held = leg.heldByParty();
        leg.offered(offer.get());
        out.sip(new UserAgentCommand.AcceptReinvite(leg.id(), leg.describe()));
        tellMedia(call, leg, out);
        if (leg.heldByParty() != held) talks.holdChanged(call, leg, false, out);
    }

    /** A key by INFO, from phones that know nothing better. */
    void info(Call call, Leg leg, String body, Emitted out) {
        var signal = SIGNAL.matcher(body);
        if (!signal.matches() || leg.isEnded()) return;
        var millis = Optional.ofNullable(signal.group(2)).map(Long::valueOf).orElse(160L);
        var key = signal.group(1).charAt(0);
        out.tell(call, new Notice.KeyPressed(leg.id(), key, Duration.ofMillis(millis)));
    }

    /** BYE. It may have waited for somebody to hear it, but it is not from before the answer. */
    void hungUp(Call call, Leg leg, Instant received, Emitted out) {
        boolean early =
                leg.state() instanceof LegState.Answered(var since) && since.isAfter(received);
        var at = early ? out.now() : received;
        var how = new LegState.Ended(EndReason.hungUp(leg.role()), 0, at);
        if (call.requests().aside().isPresent()
                && leg != call.primary()
                && call.isJoined(leg.id())) {
            endings.left(call, leg, how, call.requests().aside().get().target().target(), out);
            live.agentLeft(call);
            return;
        }
        var next = call.talks().afterTalkWith(leg.id());
        if (next.isPresent() && call.end().isEmpty() && call.controller().isPresent()) {
            endings.left(call, leg, how, next.get(), out);
            routing.ask(call, new Destination.Flow(next.get(), Destination.Entry.AFTER_TALK), out);
        } else {
            endings.legOver(call, leg, how, out);
        }
    }

    /** Takes their answer to our offer; tells whether it can be spoken. */
    private boolean configure(Call call, Leg leg, Optional<String> body, Emitted out) {
        var answer =
                body.flatMap(Sdp::parse)
                        .flatMap(sdp -> Negotiation.ofAnswer(sdp, leg.audioIndex()));
        if (answer.isEmpty()) return false;
        leg.agreed(answer.get().audio());
        // On its way to another media node: that one will be told.
        if (leg.local().isPresent()) tellMedia(call, leg, out);
        return true;
    }

    private static void tellMedia(Call call, Leg leg, Emitted out) {
        out.keep(call);
        out.effect(
                new IngressEffect.ConfigureMedia(
                        call.id(), leg.id(), call.node().orElseThrow(), leg.audio().orElseThrow()));
    }

    private void noCommonCodec(Call call, Leg leg, Emitted out) {
        endings.hangUp(call, leg, EndReason.faultOf(leg.role(), "no-common-codec"), out);
    }
}
