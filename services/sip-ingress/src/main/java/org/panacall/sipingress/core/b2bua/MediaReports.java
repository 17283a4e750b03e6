// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Notice;
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

    MediaReports(CallTable table, Endings endings, Routing routing, Originations originations) {
        this.table = table;
        this.endings = endings;
        this.routing = routing;
        this.originations = originations;
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
        if (!(leg.media() instanceof MediaState.Opening)) return;
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
            default -> endings.closeMedia(call, leg, out);
        }
    }

    void refused(LegId id, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    if (!(leg.media() instanceof MediaState.Opening)) return;
                    endings.mediaClosed(call, leg, LegQuality.UNKNOWN, out);
                    endings.hangUp(call, leg, EndReason.us("no-media"), out);
                });
    }

    /** Better an end that is seen than a call in which somebody hears nothing. */
    void failed(LegId id, Emitted out) {
        withLeg(
                id,
                (call, leg) -> {
                    if (leg.isEnded()) return;
                    endings.hangUp(call, leg, EndReason.us("media-lost"), out);
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

    /** A node forgot its legs: their calls cannot be heard any more. */
    void lost(String node, Emitted out) {
        for (var call : List.copyOf(table.all())) {
            if (!call.node().equals(Optional.of(node))) continue;
            endings.hangUp(call, EndReason.us("media-lost"), out);
        }
    }

    void key(IngressCommand.KeyHeard heard, Emitted out) {
        withLeg(
                heard.leg(),
                (call, leg) ->
                        out.tell(
                                call,
                                new Notice.KeyPressed(leg.id(), heard.key(), heard.length())));
    }

    void played(IngressCommand.PlayFinished over, Emitted out) {
        withLeg(
                over.leg(),
                (call, leg) -> {
                    if (!leg.played(over.play()) || leg.isEnded()) return;
                    out.tell(call, new Notice.PlayEnded(leg.id(), over.play(), over.outcome()));
                    routing.said(call, out);
                });
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
