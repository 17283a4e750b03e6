// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.Optional;
import org.panacall.sipingress.core.anchor.Anchoring;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.MediaState;

/** What media says about legs. */
final class MediaReports {

    private final CallTable table;
    private final Endings endings;
    private final Routing routing;
    private final Originations originations;
    private final Anchors anchors;
    private final Talks talks;

    MediaReports(
            CallTable table, Anchors anchors, Talks talks, Routing routing, Orders.Rules rules) {
        this.talks = talks;
        this.table = table;
        this.anchors = anchors;
        this.routing = routing;
        this.endings = rules.endings();
        this.originations = rules.originations();
    }

    void opened(IngressCommand.MediaOpened opened, Emitted out) {
        var known = table.ofLeg(opened.leg());
        if (known.isEmpty()) {
            // The call is forgotten; nobody else would close the leg.
            out.effect(
                    new IngressEffect.CloseMedia(
                            new CallId(opened.leg().value()), opened.leg(), opened.node()));
            return;
        }
        var call = known.get();
        var leg = call.leg(opened.leg()).orElseThrow();
        if (leg.media() instanceof MediaState.Closed) {
            // Too late: we have given it up, and nobody else would close it.
            out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), opened.node()));
            return;
        }
        if (!leg.mediaReplied()) {
            closeElsewhere(call, leg, opened.node(), out);
            return;
        }
        if (!(leg.media() instanceof MediaState.Opening)) return;
        if (isOfBefore(call, leg)) {
            out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), opened.node()));
            return;
        }
        out.touch(call);
        call.node(opened.node());
        leg.mediaOpened(opened.local());
        switch (leg.state()) {
            case LegState.Opening opening when leg.plan().isPresent() ->
                    originations.invite(call, leg, opening, out);
            case LegState.Opening opening -> {
                leg.becomes(opening.offered());
                routing.begin(call, call.destination().orElseThrow(), out);
            }
            case LegState.Ended ended -> endings.closeMedia(call, leg, out);
            // All others had lost their media, and their parties know of an address that is gone.
            case LegState.Offered offered -> {
                if (leg.isAnswerWanted()) routing.answer(call, leg, out);
            }
            case LegState.Calling calling -> leg.reoffer().want();
            case LegState.Ringing ringing -> leg.reoffer().want();
            case LegState.Answered answered -> anchors.reoffer(leg, out);
        }
        anchors.opened(call, leg, opened.node(), out);
    }

    /** Asked where the call was before it set out for another node: it will be asked there. */
    private static boolean isOfBefore(Call call, Leg leg) {
        boolean asked = call.anchoring().filter(way -> way.hasAsked(leg.id())).isPresent();
        return call.isMoving() && !leg.isEnded() && !asked;
    }

    /** Media was asked again meanwhile, and may have answered from another node. */
    private static void closeElsewhere(Call call, Leg leg, String node, Emitted out) {
        var chosen = call.anchoring().flatMap(Anchoring::node);
        if (chosen.isEmpty() || chosen.get().equals(node)) return;
        out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), node));
    }

    void refused(LegId id, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    boolean current = leg.mediaReplied();
                    if (!current || !(leg.media() instanceof MediaState.Opening)) return;
                    if (call.isMoving() && !leg.isEnded()) {
                        anchors.refused(call, leg, out);
                        return;
                    }
                    endings.mediaClosed(call, leg, LegQuality.UNKNOWN, out);
                    endings.hangUp(call, leg, EndReason.us("no-media"), out);
                });
    }

    /** The leg is opened elsewhere, and so are all others: a call is at one node. */
    void away(LegId id, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    if (leg.isEnded() || call.isMoving()) {
                        refused(id, out);
                    } else if (leg.mediaReplied() && leg.media() instanceof MediaState.Opening) {
                        anchors.nodeFailed(call, out);
                    }
                });
    }

    /** A node that does not do what it is told is as good as lost. */
    void failed(LegId id, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    if (!leg.isEnded()) anchors.nodeFailed(call, out);
                });
    }

    void closed(LegId id, LegQuality quality, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    if (leg.media() instanceof MediaState.Closing) {
                        endings.mediaClosed(call, leg, quality, out);
                    }
                });
    }

    void key(IngressCommand.KeyHeard heard, Emitted out) {
        withLeg(
                heard.leg(),
                (call, leg) ->
                        out.tell(
                                call,
                                new Notice.KeyPressed(leg.id(), heard.key(), heard.length())));
    }

    void speech(IngressCommand.SpeechHeard heard, Emitted out) {
        withLeg(
                heard.leg(),
                (call, leg) ->
                        out.tell(
                                call,
                                new Notice.SpeechNoticed(
                                        leg.id(),
                                        heard.play(),
                                        heard.outcome(),
                                        heard.choice(),
                                        heard.confidence())));
    }

    void played(IngressCommand.PlayFinished over, Emitted out) {
        withLeg(
                over.leg(),
                (call, leg) -> {
                    leg.hushed(over.play());
                    if (!leg.played(over.play()) || leg.isEnded()) return;
                    out.tell(
                            call,
                            new Notice.PlayEnded(
                                    leg.id(), over.play(), over.outcome(), over.recorded()));
                    routing.said(call, out);
                    // What cannot be played now could not be played the next moment either.
                    boolean heard = over.outcome() != Notice.Outcome.FAILED;
                    if (heard && call.control() instanceof Control.Kept) {
                        routing.entertain(call, out);
                    }
                });
    }

    /** The call goes to where the room is, if it is not there yet. */
    void roomPlaced(IngressCommand.RoomPlaced placed, Emitted out) {
        var found = table.call(placed.call()).filter(call -> call.end().isEmpty());
        if (found.isEmpty() || !found.get().rooming().isPlacing(placed.room())) return;
        var call = found.get();
        // On its way it is asked for again when it is there.
        if (call.isMoving()) return;
        if (call.node().equals(Optional.of(placed.node()))) {
            call.rooming().placed();
            talks.refresh(call, out);
        } else if (call.rooming().mayGo()) {
            anchors.go(call, placed.node(), out);
        } else {
            talks.roomEnded(call, Notice.RoomOutcome.FAILED, out);
        }
    }

    void roomAnswered(IngressCommand.RoomAnswered answered, Emitted out) {
        withLeg(
                answered.leg(),
                (call, leg) ->
                        talks.roomAnswered(call, leg, answered.room(), answered.outcome(), out));
    }

    void talk(CallEvent.TalkRecording what, Emitted out) {
        withLeg(what.agentLeg(), (call, leg) -> talks.recorded(call, leg, what, out));
    }

    void audio(LegId id, boolean heard, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    leg.silentSince(heard ? Optional.empty() : Optional.of(out.now()));
                    out.touch(call);
                });
    }

    private interface Report {
        void about(Call call, Leg leg);
    }

    private void withLeg(LegId id, Report report) {
        table.ofLeg(id).ifPresent(call -> report.about(call, call.leg(id).orElseThrow()));
    }
}
