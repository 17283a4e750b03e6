// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallIds;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.Invitation;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.plan.Route;
import org.panacall.sipingress.core.plan.TrustedSource;
import org.panacall.sipingress.core.sdp.Negotiation;
import org.panacall.sipingress.core.sdp.Sdp;

/**
 * INVITEs that begin a call. Who has no business here leaves no call behind; who dialled a number
 * of ours but cannot be served gets a call that ends at once, for the record.
 */
final class Arrivals {

    private static final int RETRY_AFTER_MAX_SECONDS = 5;

    private final CallSettings settings;
    private final CallTable table;
    private final CallIds ids;
    private final Endings endings;
    private Optional<DialPlan> plan = Optional.empty();

    Arrivals(CallSettings settings, CallTable table, CallIds ids, Endings endings) {
        this.settings = settings;
        this.table = table;
        this.ids = ids;
        this.endings = endings;
    }

    void use(DialPlan newest) {
        plan = Optional.of(newest);
    }

    Optional<DialPlan> plan() {
        return plan;
    }

    void invited(LegId leg, Invitation invitation, Emitted out) {
        if (plan.isEmpty()) {
            later(leg, IngressEffect.Counted.REFUSED_NOT_READY, out);
            return;
        }
        if (table.setups() >= settings.admission().most()) {
            later(leg, IngressEffect.Counted.REFUSED_OVERLOADED, out);
            return;
        }
        var source = invitation.source().flatMap(TrustedSource::parse);
        if (source.isEmpty()) {
            refuse(leg, 403, IngressEffect.Counted.REFUSED_FORBIDDEN, out);
            return;
        }
        var caller = invitation.assertedIdentity().orElse(invitation.from()).user();
        var route = plan.get().route(source.get(), invitation.requestUser(), caller);
        if (route.isEmpty()) {
            refuse(leg, 404, IngressEffect.Counted.REFUSED_UNKNOWN_NUMBER, out);
            return;
        }
        listen(leg, invitation, route.get(), out);
    }

    private void listen(LegId leg, Invitation invitation, Route route, Emitted out) {
        var sdp = invitation.sdp().map(Sdp::parse);
        if (sdp.isPresent() && sdp.get().isEmpty()) {
            refuse(leg, 400, IngressEffect.Counted.REFUSED_MALFORMED, out);
            return;
        }
        var offer = sdp.flatMap(parsed -> parsed).flatMap(Negotiation::ofOffer);
        var arrival = new CallEvent.Arrival(invitation.key(), invitation.receivedAt());
        var call = begin(route, arrival, out);
        begin(call, leg, offer, out);
        if (sdp.isPresent() && offer.isEmpty()) {
            call.primary().mediaClosed(LegQuality.UNKNOWN);
            var reason = EndReason.faultOf(LegRole.CALLER, "no-common-codec");
            endings.hangUp(call, reason, out);
            return;
        }
        call.primary().mediaAsked(call.primary().mediaBy());
        out.effect(
                new IngressEffect.OpenMedia(
                        call.id(),
                        leg,
                        call.tenant().id(),
                        Optional.empty(),
                        offer.map(Negotiation::audio)));
    }

    private Call begin(Route route, CallEvent.Arrival arrival, Emitted out) {
        var facts =
                new Call.Facts(
                        Direction.INBOUND,
                        route.from(),
                        route.to(),
                        route.carrier(),
                        route.origin(),
                        route.fallbackQueue(),
                        ids.traceparent());
        var call = new Call(ids.call(), route.tenant(), facts, arrival.at());
        call.destination(route.destination());
        table.add(call);
        out.fact(
                call,
                new CallEvent.CallStarted(
                        Direction.INBOUND,
                        route.from(),
                        route.to(),
                        route.carrier(),
                        route.origin(),
                        Optional.of(arrival)));
        return call;
    }

    private void begin(Call call, LegId leg, Optional<Negotiation> offer, Emitted out) {
        var start = new Leg.Start(ids.sdp(), out.now().plus(settings.mediaTimeout()));
        var caller = Leg.inbound(leg, call.facts().from(), offer, start);
        call.add(caller);
        table.addLeg(leg, call);
        out.fact(
                call,
                new CallEvent.LegStarted(
                        leg, caller.role(), caller.direction(), caller.party(), ""));
        out.tellOwn(call);
    }

    /**
     * 503 with a delay that differs from caller to caller, so that they do not come back at once.
     */
    private void later(LegId leg, IngressEffect.Counted why, Emitted out) {
        int seconds = 1 + ids.below(RETRY_AFTER_MAX_SECONDS);
        var retry = new HeaderField("Retry-After", Integer.toString(seconds));
        out.sip(new UserAgentCommand.Reject(leg, 503, Optional.empty(), List.of(retry)));
        out.count(why);
    }

    private static void refuse(LegId leg, int status, IngressEffect.Counted why, Emitted out) {
        out.sip(new UserAgentCommand.Reject(leg, status));
        out.count(why);
    }
}
