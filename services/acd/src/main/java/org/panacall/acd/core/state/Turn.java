// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEffect.Order;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.IdSource;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.rules.ExpectedWait;
import org.panacall.engine.Decision;

/** What one turn of the core knows and has decided so far. What it emits is applied at once. */
public final class Turn {

    private final List<AcdEvent> events = new ArrayList<>();
    private final List<AcdEffect> effects = new ArrayList<>();
    private final Instant now;
    private final AcdState state;
    private final Limits limits;
    private final IdSource ids;
    private final ExpectedWait expectedWait;

    public Turn(
            Instant now, AcdState state, Limits limits, IdSource ids, ExpectedWait expectedWait) {
        this.now = now;
        this.state = state;
        this.limits = limits;
        this.ids = ids;
        this.expectedWait = expectedWait;
    }

    public Instant now() {
        return now;
    }

    public AcdState state() {
        return state;
    }

    public Limits limits() {
        return limits;
    }

    public IdSource ids() {
        return ids;
    }

    public ExpectedWait expectedWait() {
        return expectedWait;
    }

    public void emit(AcdEvent event) {
        state.apply(event);
        events.add(event);
    }

    /** An agent is now thus, and what is counted of him follows from that. */
    public void change(Agent next) {
        var before = state.agent(next.id()).orElse(next);
        var gap = state.plan().rules().shiftGap();
        var numbered = next.counted(before, now, gap).numbered(next.sequence() + 1);
        emit(new AcdEvent.AgentChanged(new Stamp(now, numbered.sequence()), numbered));
    }

    public void act(AcdEffect effect) {
        effects.add(effect);
    }

    public Stamp stamp(CallId call) {
        return new Stamp(now, state.call(call).map(Call::sequence).orElse(0L) + 1);
    }

    public Stamp stamp(AgentId agent) {
        return new Stamp(now, state.agent(agent).map(Agent::sequence).orElse(0L) + 1);
    }

    public Stamp stamp(QueueId queue) {
        return new Stamp(now, state.ledger(queue).sequence() + 1);
    }

    /** An order that is the same whenever this is done to that. */
    public Order order(Call call, String subject, String deed) {
        return order(call.id(), call.sipIngress(), subject + ":" + deed);
    }

    public Order order(CallId call, SipIngress sipIngress, String effectId) {
        return new Order(effectId, call, sipIngress, state.epoch());
    }

    public Decision<AcdEvent, AcdEffect, Refusal> decision(Optional<Refusal> refusal) {
        return new Decision<>(events, effects, refusal);
    }
}
