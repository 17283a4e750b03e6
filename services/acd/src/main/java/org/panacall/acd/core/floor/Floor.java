// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.match.Candidate;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.time.Agenda;

/**
 * Who waits and who is free, by what can meet: an index over calls and agents under a
 * configuration. A call for an agent is found by a look at the heads of his queues' lines, and an
 * agent for a call by a look at the free ones of its queue, however many others there are.
 */
public final class Floor {

    private final Function<AgentId, Optional<Agent>> agents;
    private final Function<CallId, Optional<QueuedCall>> calls;
    private TenantPlan plan;

    private final Map<QueueId, Line> lines = new LinkedHashMap<>();
    private final Map<CallId, Stand> stands = new LinkedHashMap<>();
    private final Personal personal = new Personal();
    private final Bench bench = new Bench();
    private final Set<AgentId> present = new LinkedHashSet<>();
    private final Agenda<CallId> agenda = new Agenda<>();
    private final Stirred stirred = new Stirred();

    public Floor(
            TenantPlan plan,
            Function<AgentId, Optional<Agent>> agents,
            Function<CallId, Optional<QueuedCall>> calls) {
        this.plan = plan;
        this.agents = agents;
        this.calls = calls;
    }

    /** Works by another plan; whoever keeps calls and agents then puts and seats them all anew. */
    public void plan(TenantPlan next) {
        plan = next;
    }

    /** A call is now thus. */
    public void put(QueuedCall call, Instant now) {
        var next = outlook(call, now);
        if (next.isPresent() && next.get().equals(stands.get(call.id()))) {
            return;
        }
        var stirredBefore = stirred.settle(call.id());
        var before = leave(call.id()).filter(stand -> !stirredBefore);
        if (call.queue().isEmpty()) {
            return;
        }
        var line = line(call.queue().get());
        if (!call.inLine()) {
            line.letGo(call.place().arrival(), call.id());
            return;
        }
        line.hold(call.place().arrival(), call.id());
        if (next.isPresent()) {
            enter(next.get(), before);
        } else if (call.waitsForQueue() && call.waits()) {
            stirred.lose(call.id());
        }
    }

    /** Empty also while a rule of the queue is followed: somebody else is rung for it. */
    private Optional<Stand> outlook(QueuedCall call, Instant now) {
        return call.queue()
                .filter(queue -> call.inLine() && call.waitsForQueue())
                .flatMap(plan::queue)
                .map(queue -> new Outlook(call, queue, plan, now).stand(present::contains));
    }

    private void enter(Stand stand, Optional<Stand> before) {
        var call = stand.waiter().call();
        stands.put(call, stand);
        personal.add(stand);
        line(stand.waiter().queue()).rank(stand);
        agenda.set(call, stand.until());
        if (!stand.wantsMore()) {
            return;
        }
        if (!stand.personal()) {
            line(stand.waiter().queue()).add(stand);
        }
        if (before.filter(stand::looksLike).isEmpty()) {
            stirred.add(call);
        }
    }

    private Optional<Stand> leave(CallId call) {
        var stand = Optional.ofNullable(stands.remove(call));
        stirred.settle(call);
        agenda.set(call, Optional.empty());
        stand.ifPresent(
                before -> {
                    personal.remove(before);
                    line(before.waiter().queue()).unrank(before);
                    if (before.wantsMore() && !before.personal()) {
                        line(before.waiter().queue()).remove(before);
                    }
                });
        return stand;
    }

    /** A call is gone. */
    public void remove(QueuedCall call) {
        leave(call.id());
        call.queue().ifPresent(queue -> line(queue).letGo(call.place().arrival(), call.id()));
    }

    /** An agent is now thus. */
    public void seat(Agent agent, Instant now) {
        var id = agent.id();
        var seats = new TreeMap<QueueId, Candidate>();
        if (agent.state() instanceof AgentState.Ready ready && agent.free()) {
            var idle = new Candidate.Idle(ready.idleSince(), ready.since(), agent.talksElsewhere());
            plan.membershipsOf(id)
                    .forEach(
                            (queue, member) -> {
                                if (mayRing(agent, queue)) {
                                    seats.put(queue, new Candidate(id, member, skills(id), idle));
                                }
                            });
        }
        var moved = bench.seat(id, seats);
        if (agent.free() && (moved || personal.waitingFor(id).findFirst().isPresent())) {
            stirred.add(id);
        }
        if (isPresent(agent) ? present.add(id) : present.remove(id)) {
            personal.admirersOf(id)
                    .forEach(call -> calls.apply(call).ifPresent(again -> put(again, now)));
        }
    }

    private NavigableMap<String, Integer> skills(AgentId agent) {
        return plan.person(agent).map(PersonPlan::skills).orElse(Collections.emptyNavigableMap());
    }

    /** Somebody is gone for good. */
    public void unseat(AgentId agent) {
        bench.seat(agent, Collections.emptyNavigableMap());
        present.remove(agent);
        stirred.settle(agent);
    }

    /** Whether somebody is at work, ready or occupied. */
    public static boolean isPresent(Agent agent) {
        return !(agent.state() instanceof AgentState.NotReady);
    }

    /** Whether a call of a queue may ring at his phone now. */
    boolean mayRing(Agent agent, QueueId queue) {
        return agent.free()
                && (!agent.talksElsewhere()
                        || plan.queue(queue)
                                .filter(it -> it.rules().fit().ringsBusy())
                                .isPresent());
    }

    public Line line(QueueId queue) {
        return lines.computeIfAbsent(queue, id -> new Line());
    }

    /** A call's place in its line by rank, counted from 1; 0 when it is in none. */
    public int position(CallId call) {
        return stand(call)
                .map(Stand::waiter)
                .map(waiter -> line(waiter.queue()).position(waiter))
                .orElse(0);
    }

    /** How many calls of a queue that nobody is rung for come before a call, by rank. */
    public int ahead(CallId call, QueueId queue) {
        return stand(call)
                .map(Stand::waiter)
                .map(
                        waiter ->
                                new Waiter(
                                        waiter.rank()
                                                .minus(weight(waiter.queue()))
                                                .plus(weight(queue)),
                                        waiter.arrival(),
                                        call,
                                        queue))
                .map(line(queue)::notRungBefore)
                .orElse(0);
    }

    private Duration weight(QueueId queue) {
        return plan.queue(queue).map(it -> it.rules().urgency().weight()).orElse(Duration.ZERO);
    }

    public boolean anyFree(QueueId queue) {
        return !bench.free(queue).isEmpty();
    }

    Bench bench() {
        return bench;
    }

    Personal personal() {
        return personal;
    }

    Optional<Stand> stand(CallId call) {
        return Optional.ofNullable(stands.get(call));
    }

    TenantPlan plan() {
        return plan;
    }

    Optional<Agent> agent(AgentId id) {
        return agents.apply(id);
    }

    Optional<QueuedCall> call(CallId id) {
        return calls.apply(id);
    }

    boolean present(AgentId agent) {
        return present.contains(agent);
    }

    /** When calls will want something else. */
    public Agenda<CallId> agenda() {
        return agenda;
    }

    Stirred stirred() {
        return stirred;
    }
}
