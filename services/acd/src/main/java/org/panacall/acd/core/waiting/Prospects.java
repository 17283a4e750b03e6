// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.waiting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.state.AcdState;
import org.panacall.acd.core.wait.Crew;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.wait.Forecaster;
import org.panacall.acd.core.wait.Trust;

/** What callers may expect, as things stand in this turn. */
public final class Prospects {

    /**
     * Queues that share agents with the one in question; with more of them the rest is left out.
     */
    private static final int RIVALS_MAX = 128;

    private final AcdState state;
    private final Instant now;

    public Prospects(AcdState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** Of one who comes now and is the last; none when somebody is free, or nobody asks. */
    public Forecast newcomer(QueueId queue) {
        var asked = state.plan().queue(queue).filter(QueuePlan::forecasts);
        if (asked.isEmpty()) {
            return Forecast.NONE;
        }
        if (state.line(queue).notRung() == 0 && state.floor().anyFree(queue)) {
            return Forecast.NONE;
        }
        return forecast(queue, Duration.ZERO, other -> state.line(other).notRung());
    }

    /** How long somebody is going to wait still; empty while that cannot be told well enough. */
    public Optional<Duration> trusted(QueuedCall call) {
        var trust =
                call.queue()
                        .flatMap(state.plan()::queue)
                        .map(plan -> plan.waitingRoom().trust())
                        .orElse(Trust.USUAL);
        return Optional.of(of(call)).filter(trust::in).map(Forecast::expected);
    }

    /** Of one who has been waiting. */
    public Forecast of(QueuedCall call) {
        var waited = Duration.between(call.place().since(), now);
        return call.queue()
                .map(
                        queue ->
                                forecast(
                                        queue,
                                        waited,
                                        other -> state.floor().ahead(call.id(), other)))
                .orElse(Forecast.NONE);
    }

    private Forecast forecast(QueueId queue, Duration waited, ToIntFunction<QueueId> before) {
        var ahead = new TreeMap<QueueId, Integer>();
        ahead.put(queue, before.applyAsInt(queue));
        var members = new TreeMap<String, Crews.Members>();
        for (var crew : state.crews().serving(queue)) {
            members.put(crew.queues().toString(), crew);
            for (var rival : crew.queues()) {
                if (ahead.size() <= RIVALS_MAX && !ahead.containsKey(rival)) {
                    ahead.put(rival, before.applyAsInt(rival));
                }
            }
        }
        var few = members.size() <= Forecaster.MANY && ahead.size() <= Forecaster.MANY;
        for (var rival : few ? ahead.keySet() : Set.<QueueId>of()) {
            state.crews().serving(rival).forEach(c -> members.put(c.queues().toString(), c));
        }
        return new Forecaster(crews(members), state.waits()::experience)
                .forecast(queue, ahead, waited);
    }

    private List<Crew> crews(NavigableMap<String, Crews.Members> members) {
        var crews = new ArrayList<Crew>();
        for (Map.Entry<String, Crews.Members> crew : members.entrySet()) {
            var busy =
                    crew.getValue().agents().stream()
                            .flatMap(id -> state.agent(id).stream())
                            .flatMap(agent -> busy(agent).stream())
                            .toList();
            var idle = crew.getValue().agents().size() - busy.size();
            crews.add(new Crew(new TreeSet<>(crew.getValue().queues()), idle, busy));
        }
        return crews;
    }

    /** By what, and since when; empty: by nothing. */
    private Optional<Crew.Busy> busy(Agent agent) {
        var occupation = state.waits().occupation(agent.id());
        return switch (agent.state()) {
            case AgentState.Resting resting -> Optional.empty();
            case AgentState.Offered offered ->
                    Optional.of(
                            new Crew.Busy(
                                    state.queued(offered.call()).flatMap(QueuedCall::queue),
                                    Duration.between(offered.since(), now)));
            case AgentState.OnCall onCall -> Optional.of(occupied(occupation, onCall.since()));
            case AgentState.WrapUp wrapUp -> Optional.of(occupied(occupation, wrapUp.since()));
        };
    }

    private Crew.Busy occupied(Optional<Waits.Occupation> occupation, Instant since) {
        return new Crew.Busy(
                occupation.map(Waits.Occupation::queue),
                Duration.between(occupation.map(Waits.Occupation::since).orElse(since), now));
    }
}
