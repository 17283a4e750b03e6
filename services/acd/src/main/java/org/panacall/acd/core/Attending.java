// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;

/** Who is there, by what people say and their phones' registrations. */
final class Attending {

    /** Leases that move by less are not worth an event. */
    private static final Duration LEASE_STEP = Duration.ofSeconds(5);

    private final Turn turn;
    private final AcdState state;

    Attending(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    /** Works by another configuration: people come, go, and get other extensions. */
    void configure(TenantPlan plan) {
        state.plan(plan, turn.now());
        plan.queues().forEach(queue -> agree(queue, plan));
        state.queuesCounted().stream()
                .filter(queue -> plan.queue(queue).isEmpty())
                .forEach(queue -> agree(queue, Terms.NONE));
        for (var person : plan.people()) {
            var agent = state.agent(person.id());
            if (agent.isEmpty()) {
                turn.change(
                        Agent.unknown(
                                person.id(), person.extension(), byDefault(person), turn.now()));
            } else if (!agent.get().extension().equals(person.extension())) {
                turn.change(agent.get().movedTo(person.extension()));
            }
        }
        for (var agent : List.copyOf(state.agents())) {
            var idle = agent.resting() || agent.state() instanceof AgentState.WrapUp;
            if (idle && plan.person(agent.id()).isEmpty()) {
                turn.emit(new AcdEvent.AgentRemoved(turn.stamp(agent.id()), agent.id()));
            }
        }
    }

    /** What a queue has to remember follows from its strategy and members. */
    private void agree(QueuePlan queue, TenantPlan plan) {
        agree(queue.id(), queue.rules().strategy().terms(plan.members(queue.id())));
    }

    private void agree(QueueId queue, Terms terms) {
        if (!state.ledger(queue).terms().equals(terms)) {
            turn.emit(new AcdEvent.TermsChanged(turn.stamp(queue), queue, terms));
        }
    }

    /** Who has no desktop to say so wants calls whenever his phone is there. */
    private static Intent byDefault(PersonPlan person) {
        return person.phoneOnly() ? Intent.READY : Intent.SILENT;
    }

    Optional<Refusal> say(AcdCommand.SetAgentState command) {
        var agent =
                state.plan().personAt(command.agent()).flatMap(person -> state.agent(person.id()));
        if (agent.isEmpty()) {
            return Optional.of(new Refusal.ExtensionUnknown());
        }
        var next = agent.get().says(command.intent(), turn.now());
        if (!next.equals(agent.get())) {
            turn.change(next);
        }
        return Optional.empty();
    }

    void renew(AcdCommand.RenewRegistrations command) {
        command.leases()
                .forEach(
                        (extension, lease) ->
                                state.plan()
                                        .personAt(extension)
                                        .flatMap(person -> state.agent(person.id()))
                                        .ifPresent(agent -> renew(agent, lease)));
        if (command.whole()) {
            for (var agent : List.copyOf(state.agents())) {
                if (agent.registered() && !command.leases().containsKey(agent.extension())) {
                    lapse(agent);
                }
            }
        }
    }

    private void renew(Agent agent, Duration lease) {
        var until = turn.now().plus(lease);
        if (lease.isNegative() || lease.isZero()) {
            if (agent.registered()) {
                lapse(agent);
            }
        } else if (!agent.registered()) {
            turn.change(agent.registered(Optional.of(until), turn.now()));
        } else if (moved(agent.registeredUntil().orElseThrow(), until)) {
            turn.emit(new AcdEvent.RegistrationRenewed(turn.stamp(agent.id()), agent.id(), until));
        }
    }

    private static boolean moved(Instant before, Instant after) {
        return Duration.between(before, after).abs().compareTo(LEASE_STEP) >= 0;
    }

    /** His phone is gone, and with it a call that rings there. */
    private void lapse(Agent agent) {
        turn.change(agent.registered(Optional.empty(), turn.now()));
        if (agent.state() instanceof AgentState.Offered offered) {
            state.queued(offered.call()).ifPresent(call -> giveUpOffer(call, agent.id()));
        }
        var phoneOnly = state.plan().person(agent.id()).filter(PersonPlan::phoneOnly);
        state.agent(agent.id())
                .filter(gone -> phoneOnly.isPresent() && !gone.intent().ready())
                .ifPresent(gone -> turn.change(gone.says(Intent.READY, turn.now())));
    }

    private void giveUpOffer(QueuedCall call, AgentId agent) {
        call.offerTo(agent)
                .ifPresent(offer -> new Offering(turn).giveUp(call, offer, Offer.End.UNREACHABLE));
    }

    /** Something about an agent is due. */
    void due(AgentId id) {
        var agent = state.agent(id).orElseThrow();
        var now = turn.now();
        var lapsed =
                agent.registeredUntil()
                        .map(until -> until.plus(turn.limits().guards().lease()))
                        .filter(end -> !end.isAfter(now));
        if (lapsed.isPresent()) {
            lapse(agent);
        } else if (agent.state() instanceof AgentState.WrapUp) {
            turn.change(agent.rest(now));
        } else {
            turn.change(agent.rested());
        }
    }
}
