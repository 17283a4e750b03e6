// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallTable;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.UserAgent;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegState;
import org.panacall.sipingress.core.leg.MediaState;
import org.panacall.sipingress.core.leg.StoredLeg;
import org.panacall.sipingress.core.plan.DialPlan;
import org.panacall.sipingress.core.plan.Staff;
import org.panacall.sipingress.core.plan.TenantPlan;

/**
 * Goes on with the calls of a holder that died. Answered legs live on as they were; an INVITE that
 * was under way died with the transactions of its holder, so it is ended, and its leg with it.
 */
final class Adoption {

    private static final EndReason LOST = EndReason.us("sip-ingress-lost");
    private static final int LOST_STATUS = 480;

    private final UserAgent userAgent;
    private final CallTable table;
    private final Rules rules;

    /** Rules that adoption leads to, and how long media may take. */
    record Rules(
            Duration mediaTimeout,
            Endings endings,
            Routing routing,
            Talks talks,
            Anchors anchors) {}

    Adoption(UserAgent userAgent, CallTable table, Rules rules) {
        this.userAgent = userAgent;
        this.table = table;
        this.rules = rules;
    }

    /** All that an heir needs of a call of ours. */
    StoredCall asItStands(Call call, long sequence) {
        var tenant = call.tenant();
        return new StoredCall(
                call.id(),
                new StoredCall.Tenancy(tenant.id(), tenant.sipDomain(), tenant.language()),
                sequence,
                new StoredCall.Holding("", "", call.formerHolders()),
                call.facts(),
                call.startedAt(),
                call.answeredAt(),
                call.node(),
                call.control(),
                call.legs().stream().map(this::asItStands).toList(),
                call.talks(),
                call.ending());
    }

    private StoredLeg asItStands(Leg leg) {
        return leg.stored(userAgent.export(leg.id()), userAgent.farewell(leg.id()));
    }

    void take(List<StoredCall> calls, Optional<DialPlan> plan, Emitted out) {
        for (var stored : calls) {
            boolean known =
                    table.call(stored.id()).isPresent() || table.gone(stored.id()).isPresent();
            if (!known) take(stored, tenant(stored.tenancy(), plan), out);
        }
    }

    private static TenantPlan tenant(StoredCall.Tenancy tenancy, Optional<DialPlan> plan) {
        return plan.flatMap(known -> known.tenant(tenancy.tenant()))
                .orElseGet(
                        () ->
                                new TenantPlan(
                                        tenancy.tenant(),
                                        tenancy.sipDomain(),
                                        "",
                                        tenancy.language(),
                                        "",
                                        Optional.empty(),
                                        Map.of(),
                                        Map.of(),
                                        Staff.NOBODY));
    }

    private void take(StoredCall stored, TenantPlan tenant, Emitted out) {
        var call = Call.adopted(stored, tenant, out.now().plus(rules.mediaTimeout()));
        table.add(call);
        out.touch(call);
        out.count(IngressEffect.Counted.CALL_ADOPTED);
        out.tell(call, new Notice.CallAdopted(stored.holding().address()));
        var lost = new ArrayList<Leg>();
        for (var leg : stored.legs()) {
            var adopted = call.leg(leg.id()).orElseThrow();
            table.addLeg(leg.id(), call);
            leg.farewell().map(UserAgentCommand.SayFarewell::new).ifPresent(out::sip);
            boolean lives = leg.dialog().filter(userAgent::adopt).isPresent();
            if (!lives && !adopted.isEnded()) {
                out.count(IngressEffect.Counted.LEG_NOT_ADOPTED);
                lost.add(adopted);
            }
            boolean nowhere = leg.media().state() instanceof MediaState.Opening;
            if (nowhere || adopted.media() instanceof MediaState.Closing) {
                closeMedia(call, adopted, nowhere, out);
            }
        }
        if (call.end().isPresent()) out.tellEnded(call);
        else out.tellOwn(call);
        if (!lost.isEmpty()) {
            var how = new LegState.Ended(LOST, LOST_STATUS, out.now());
            rules.endings().legsOver(call, lost, how, out);
        }
        if (call.end().isEmpty()) goOn(call, out);
    }

    /**
     * It may be closed already, but then media says so. One that was being opened may be anywhere.
     */
    private static void closeMedia(Call call, Leg leg, boolean nowhere, Emitted out) {
        var node = nowhere ? "" : call.node().orElse("");
        out.effect(new IngressEffect.CloseMedia(call.id(), leg.id(), node));
    }

    /** Whoever decides has the usual time to come here. */
    private void goOn(Call call, Emitted out) {
        switch (call.control()) {
            case Control.Nobody nobody -> {
                // Set-up: ended above.
            }
            case Control.Ours ours -> {
                // What we said goes on at media, and has its limit.
            }
            case Control.Asked(var target, var request, var until) ->
                    rules.routing().ask(call, target, out);
            case Control.Kept(var target, var until) -> rules.routing().ask(call, target, out);
            case Control.Theirs(var controller, var target, var since) ->
                    call.control(new Control.Theirs(controller, target, out.now()));
        }
        rules.anchors().adopted(call, out);
        rules.talks().place(call, out);
        rules.talks().refresh(call, out);
        rules.talks().record(call, out);
    }
}
