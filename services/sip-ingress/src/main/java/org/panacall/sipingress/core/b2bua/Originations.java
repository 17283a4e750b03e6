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
import org.panacall.sipingress.core.dialog.InviteRequest;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.message.NameAddress;

/** Legs that we originate: media first, then the INVITE through the edge. */
final class Originations {

    private final CallSettings settings;
    private final CallTable table;
    private final CallIds ids;

    Originations(CallSettings settings, CallTable table, CallIds ids) {
        this.settings = settings;
        this.table = table;
        this.ids = ids;
    }

    /** Begins a leg. Its INVITE follows when media has an address. */
    void begin(Call call, LegPlan plan, Emitted out) {
        var start = new Leg.Start(ids.sdp(), out.now().plus(settings.mediaTimeout()));
        var leg = Leg.outbound(plan, start);
        call.add(leg);
        table.addLeg(leg.id(), call);
        out.fact(
                call,
                new CallEvent.LegStarted(
                        leg.id(), leg.role(), leg.direction(), leg.party(), leg.agentId()));
        out.touch(call);
        // A call on its way to another node takes its new legs along.
        if (call.isMoving()) return;
        leg.mediaAsked(leg.mediaBy());
        out.effect(
                new IngressEffect.OpenMedia(
                        call.id(), leg.id(), call.tenant().id(), call.node(), Optional.empty()));
    }

    /** Media is there: invites the party. */
    void invite(Call call, Leg leg, LegState.Opening opening, Emitted out) {
        var plan = leg.plan().orElseThrow();
        var domain = call.tenant().sipDomain();
        var target = "sip:" + plan.target().party() + "@" + domain;
        var request =
                new InviteRequest(
                        target,
                        caller(plan, domain),
                        NameAddress.of(target),
                        List.of(),
                        Optional.of(leg.describe()),
                        settings.edge());
        out.sip(new UserAgentCommand.Invite(leg.id(), request));
        leg.becomes(opening.calling(out.now().plus(plan.ringTimeout())));
    }

    private static NameAddress caller(LegPlan plan, String domain) {
        var number = plan.callerNumber();
        boolean shown = number.matches("\\+?[0-9A-Za-z*#._-]{1,32}");
        var uri = shown ? "sip:" + number + "@" + domain : "sip:anonymous@anonymous.invalid";
        var name = plan.callerName();
        return new NameAddress(name.isEmpty() ? Optional.empty() : Optional.of(name), uri);
    }
}
