// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.plan.BreakReason;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.state.Turn;

/** Who is there, by what people say and their devices' registrations. */
final class Attending {

    /** Leases that move by less are not worth an event. */
    private static final Duration LEASE_STEP = Duration.ofSeconds(5);

    private final Turn turn;
    private final AcdState state;

    Attending(Turn turn) {
        this.turn = turn;
        state = turn.state();
    }

    /** Works by another configuration: people come, go, and get other extensions and devices. */
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
            equip(person);
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

    private void equip(PersonPlan person) {
        state.agent(person.id())
                .filter(agent -> agent.presence().mobile() != person.mobile())
                .ifPresent(agent -> turn.change(agent.equipped(person.mobile(), turn.now())));
        for (var device : leases(person.id())) {
            var still = state.plan().personWith(device).map(PersonPlan::id);
            if (!still.equals(Optional.of(person.id()))) {
                lapse(person.id(), device);
            }
        }
    }

    private List<Extension> leases(AgentId agent) {
        return state.agent(agent)
                .map(known -> List.copyOf(known.presence().leases().keySet()))
                .orElse(List.of());
    }

    Optional<Refusal> say(AcdCommand.SetAgentState command) {
        // Service codes come from any of his devices.
        var agent =
                state.plan().personBy(command.agent()).flatMap(person -> state.agent(person.id()));
        if (agent.isEmpty()) {
            return Optional.of(new Refusal.ExtensionUnknown());
        }
        if (!state.plan().rules().knows(command.intent().reason())) {
            return Optional.of(new Refusal.ReasonUnknown());
        }
        say(agent.get(), command.intent());
        return Optional.empty();
    }

    private void say(Agent agent, Intent intent) {
        var next = agent.says(intent, turn.now());
        if (next.equals(agent)) {
            return;
        }
        turn.change(next);
        if (intent.forced() && !intent.ready()) {
            // Whom a supervisor takes off, he does not let ring on.
            new Ringing(turn).withdraw(agent.id());
        }
    }

    Optional<Refusal> extend(AcdCommand.ExtendWrapUp command) {
        var agent =
                state.plan().personAt(command.agent()).flatMap(person -> state.agent(person.id()));
        if (agent.isEmpty()) {
            return Optional.of(new Refusal.ExtensionUnknown());
        }
        var longer = agent.get().extended();
        longer.ifPresent(turn::change);
        return longer.isPresent() ? Optional.empty() : Optional.of(new Refusal.NotExtendable());
    }

    void renew(AcdCommand.RenewRegistrations command) {
        command.leases()
                .forEach(
                        (device, lease) ->
                                state.plan()
                                        .personWith(device)
                                        .flatMap(person -> state.agent(person.id()))
                                        .ifPresent(agent -> renew(agent, device, lease)));
        if (command.whole()) {
            for (var agent : List.copyOf(state.agents())) {
                for (var device : agent.presence().leases().keySet()) {
                    if (!command.leases().containsKey(device)) {
                        lapse(agent.id(), device);
                    }
                }
            }
        }
    }

    private void renew(Agent agent, Extension device, Duration lease) {
        var until = turn.now().plus(lease);
        var before = Optional.ofNullable(agent.presence().leases().get(device));
        if (lease.isNegative() || lease.isZero()) {
            lapse(agent.id(), device);
        } else if (before.isEmpty()) {
            turn.change(agent.registered(device, until, turn.now()));
        } else if (moved(before.get(), until)) {
            turn.emit(
                    new AcdEvent.RegistrationRenewed(
                            turn.stamp(agent.id()), agent.id(), Optional.of(device), until));
        }
    }

    private static boolean moved(Instant before, Instant after) {
        return Duration.between(before, after).abs().compareTo(LEASE_STEP) >= 0;
    }

    /** A device of his is gone, and with it a call that rings there. */
    private void lapse(AgentId id, Extension device) {
        var agent = state.agent(id).filter(known -> known.presence().registered(device));
        if (agent.isEmpty()) {
            return;
        }
        turn.change(agent.get().unregistered(device, turn.now()));
        new Ringing(turn).lost(id, device);
        var phoneOnly = state.plan().person(id).filter(PersonPlan::phoneOnly);
        state.agent(id)
                .filter(gone -> phoneOnly.isPresent() && !gone.intent().ready())
                .filter(gone -> !gone.registered() && !gone.intent().forced())
                .ifPresent(gone -> turn.change(gone.says(Intent.READY, turn.now())));
    }

    /** Something about an agent is due. */
    void due(AgentId id) {
        var agent = state.agent(id).orElseThrow();
        var now = turn.now();
        var guard = turn.limits().guards().lease();
        var lapsed =
                agent.presence().leases().entrySet().stream()
                        .filter(lease -> !lease.getValue().plus(guard).isAfter(now))
                        .findFirst();
        if (lapsed.isPresent()) {
            lapse(id, lapsed.get().getKey());
            return;
        }
        switch (agent.state()) {
            case AgentState.WrapUp wrapUp -> turn.change(agent.rest(now));
            case AgentState.Ready ready -> turn.change(agent.rested());
            case AgentState.NotReady not -> overdue(agent, not);
            case AgentState.Offered offered -> {}
            case AgentState.OnCall talk -> {}
        }
    }

    /** His break is too long. That is told, and changes something only when the reason says so. */
    private void overdue(Agent agent, AgentState.NotReady not) {
        var limits = state.plan().rules().reason(not.reason()).map(BreakReason::limits);
        var tooLong =
                limits.flatMap(BreakReason.Limits::atATime)
                        .filter(limit -> !not.since().plus(limit).isAfter(turn.now()));
        turn.emit(
                new AcdEvent.AgentOverdue(
                        turn.stamp(agent.id()), agent.id(), not.reason(), tooLong.isEmpty()));
        if (limits.filter(BreakReason.Limits::thenReady).isPresent()) {
            state.agent(agent.id())
                    .ifPresent(late -> turn.change(late.says(Intent.OVERDUE, turn.now())));
        }
    }
}
