// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.plan.Destination;

/** Collects what one turn decides. Lives as long as the turn. */
final class Emitted {

    private final Instant now;
    private final List<CallFact> facts = new ArrayList<>();
    private final List<IngressEffect> effects = new ArrayList<>();
    private final ArrayDeque<UserAgentCommand> sip = new ArrayDeque<>();
    private final LinkedHashSet<Call> touched = new LinkedHashSet<>();
    private final LinkedHashSet<Call> told = new LinkedHashSet<>();

    Emitted(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** The call's deadlines have to be looked at again. */
    void touch(Call call) {
        touched.add(call);
    }

    /** The call is to be stored in this turn, though nothing is told of it. */
    void keep(Call call) {
        touched.add(call);
        told.add(call);
    }

    void fact(Call call, CallEvent event) {
        keep(call);
        var fact = fact(call, call.nextEvent(), event);
        facts.add(fact);
        effects.add(new IngressEffect.Log(fact));
    }

    /** For heirs only: no line in the log. */
    void store(Call call, LongFunction<StoredCall> asItStands) {
        long sequence = call.nextEvent();
        var stored = new CallEvent.CallStored(asItStands.apply(sequence));
        facts.add(fact(call, sequence, stored));
    }

    private CallFact fact(Call call, long sequence, CallEvent event) {
        var tenant = call.tenant().id();
        return new CallFact(call.id(), tenant, sequence, now, call.facts().traceparent(), event);
    }

    void effect(IngressEffect effect) {
        effects.add(effect);
    }

    void count(IngressEffect.Counted what) {
        effects.add(new IngressEffect.Count(what));
    }

    /** Done by the user agent before the turn ends. */
    void sip(UserAgentCommand command) {
        sip.add(command);
    }

    Optional<UserAgentCommand> nextSip() {
        return Optional.ofNullable(sip.poll());
    }

    /** Tells the call's controller, when it has one, or who was and may be again. */
    void tell(Call call, Notice notice) {
        call.controller().or(call::former).ifPresent(controller -> tell(controller, call, notice));
    }

    void tell(Controller controller, Call call, Notice notice) {
        effects.add(
                new IngressEffect.Tell(
                        controller, call.id(), call.facts().traceparent(), now, notice));
    }

    /** Tells acd that a phone of the tenant is taken by a call of its own. */
    void tellOwn(Call call) {
        ownCall(call)
                .ifPresent(acd -> tell(acd, call, new Notice.OwnCallBegan(call.primary().party())));
    }

    /** Tells whom it concerns that a call is over. */
    void tellEnded(Call call) {
        tell(call, new Notice.CallEnded(call.end().orElseThrow()));
        ownCall(call).ifPresent(acd -> tell(acd, call, new Notice.OwnCallEnded()));
    }

    /** Service codes are over in a moment, and may say that he is ready. */
    private static Optional<Controller> ownCall(Call call) {
        boolean code =
                call.destination().filter(Destination.AgentCode.class::isInstance).isPresent();
        return call.facts().isOwn() && !code
                ? Optional.of(Controller.acdOf(call.tenant().id()))
                : Optional.empty();
    }

    List<CallFact> facts() {
        return facts;
    }

    List<IngressEffect> effects() {
        return effects;
    }

    LinkedHashSet<Call> touched() {
        return touched;
    }

    /** Calls that have to be stored in this turn. */
    LinkedHashSet<Call> told() {
        return told;
    }
}
