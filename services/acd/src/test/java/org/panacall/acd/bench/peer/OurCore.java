// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.panacall.acd.bench.Cores;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.engine.Decision;

/** Acd itself, spoken to as sip-ingress does. */
final class OurCore implements Distributor {

    private static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");
    private static final Duration LEASE = Duration.ofDays(2);
    private static final Duration REOFFER_AFTER = Duration.ofSeconds(30);
    private static final EndReason HUNG_UP = new EndReason(EndReason.Fault.NONE, "caller-hung-up");
    private static final int BUSY_HERE = 486;
    private static final int CANCELLED = 487;

    private final Trial trial;
    private final Acd acd;

    /** The leg of each agent's telephone that rings or talks. */
    private final Map<Integer, LegId> legs = new TreeMap<>();

    OurCore(Trial trial) {
        this.trial = trial;
        acd = Cores.empty(plan(trial.day().shape()), 1);
        var leases = new TreeMap<Extension, Duration>();
        IntStream.range(0, trial.day().shape().agents())
                .forEach(agent -> leases.put(extension(agent), LEASE));
        take(acd.handle(new AcdCommand.RenewRegistrations(leases, true), trial.instant()));
    }

    private static TenantPlan plan(Shape shape) {
        var queues = new ArrayList<QueuePlan>();
        for (int queue = 0; queue < shape.queues(); queue++) {
            queues.add(
                    queue(queue, shape.servants(queue).stream().map(OurCore::extension).toList()));
        }
        var people =
                IntStream.range(0, shape.agents())
                        .mapToObj(
                                agent ->
                                        new PersonPlan(
                                                new AgentId("agent_" + agent),
                                                extension(agent),
                                                "Agent " + agent,
                                                true,
                                                Shape.WRAP_UP))
                        .toList();
        return new TenantPlan(new PartyNumber("+74950000100"), queues, people);
    }

    private static QueuePlan queue(int number, List<Extension> servants) {
        return new QueuePlan(
                queueId(number),
                "Queue " + number,
                "",
                new QueuePlan.Rules(new LongestIdle(), Shape.RING, REOFFER_AFTER),
                10_000,
                "music/waiting",
                IntStream.range(0, servants.size())
                        .mapToObj(place -> Member.of(servants.get(place), place))
                        .toList());
    }

    private static QueueId queueId(int number) {
        return new QueueId("queue_" + number);
    }

    private static Extension extension(int agent) {
        return new Extension(Integer.toString(1_000 + agent));
    }

    private static int agent(AgentId id) {
        return Integer.parseInt(id.value().substring("agent_".length()));
    }

    private static CallId callId(int call) {
        return new CallId("call_" + call);
    }

    private static int call(CallId id) {
        return Integer.parseInt(id.value().substring("call_".length()));
    }

    private static LegId callerLeg(int call) {
        return new LegId("leg_caller_" + call);
    }

    @Override
    public void arrived(int call) {
        var caller =
                new Caller(
                        callerLeg(call),
                        new PartyNumber("+79160000001"),
                        new PartyNumber("+74950000100"),
                        true,
                        INGRESS,
                        Map.of());
        var queue = queueId(trial.day().arrivals().get(call).queue());
        var destination = new AcdCommand.Destination.Queue(queue);
        send(new AcdCommand.EnqueueCall(callId(call), caller, destination, ""));
    }

    @Override
    public void abandoned(int call) {
        send(new AcdCommand.HearLegEnded(callId(call), callerLeg(call), HUNG_UP, 0));
        send(new AcdCommand.HearCallEnded(callId(call), HUNG_UP));
    }

    @Override
    public void answered(int call, int agent) {
        send(new AcdCommand.HearLegAnswered(callId(call), legs.get(agent)));
    }

    @Override
    public void rejected(int call, int agent) {
        var reason = new EndReason(EndReason.Fault.AGENT, "rejected");
        send(new AcdCommand.HearLegEnded(callId(call), legs.get(agent), reason, BUSY_HERE));
    }

    @Override
    public void talkEnded(int call, int agent) {
        send(new AcdCommand.HearLegEnded(callId(call), callerLeg(call), HUNG_UP, 0));
        send(new AcdCommand.HearCallEnded(callId(call), HUNG_UP));
    }

    @Override
    public void returned(int agent) {
        // He was ready all the time, as far as acd knows.
    }

    private void send(AcdCommand command) {
        take(acd.handle(command, trial.instant()));
    }

    private void take(Decision<AcdEvent, AcdEffect, Refusal> decision) {
        if (decision.refusal().isPresent()) {
            throw new IllegalStateException("refused: " + decision.refusal());
        }
        decision.effects().forEach(this::carryOut);
        acd.nextDeadline().ifPresent(due -> trial.agenda().at(due, this::tick));
    }

    private void tick() {
        var due = acd.nextDeadline().filter(deadline -> !deadline.isAfter(trial.instant()));
        if (due.isPresent()) {
            take(acd.tick(trial.instant()));
        }
    }

    private void carryOut(AcdEffect effect) {
        switch (effect) {
            case AcdEffect.AddLeg add -> ring(call(add.order().call()), add.leg());
            case AcdEffect.HangUpLeg hangUp ->
                    legs.forEach(
                            (agent, leg) -> {
                                if (leg.equals(hangUp.leg())) {
                                    trial.stop(call(hangUp.order().call()), agent);
                                }
                            });
            default -> {}
        }
    }

    private void ring(int call, AcdEffect.NewLeg leg) {
        var agent = agent(leg.agent().orElseThrow());
        legs.put(agent, leg.leg());
        trial.ring(call, agent);
        trial.agenda()
                .in(
                        leg.ringTimeout(),
                        () -> {
                            if (trial.rings(call, agent) && leg.leg().equals(legs.get(agent))) {
                                trial.stop(call, agent);
                                var reason = new EndReason(EndReason.Fault.AGENT, "no-answer");
                                send(
                                        new AcdCommand.HearLegEnded(
                                                callId(call), leg.leg(), reason, CANCELLED));
                            }
                        });
    }
}
