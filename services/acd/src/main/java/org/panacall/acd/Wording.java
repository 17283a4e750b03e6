// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.agent.AgentState;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.call.EndReason;
import org.panacall.acd.core.call.Group;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.acd.v1.AgentStateCause;
import org.panacall.proto.acd.v1.RingingTerms;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.RingGroup;
import org.panacall.proto.call.v1.RingGroupMember;
import org.panacall.proto.call.v1.RingGroupOrder;
import org.panacall.proto.directory.v1.WrapUpMode;

/** Words that core and contracts have in common, in either language. */
public final class Wording {

    private static final String UNNAMED = "unknown";
    private static final java.time.Duration GROUP_RING_TIMEOUT = java.time.Duration.ofSeconds(20);

    private Wording() {}

    public static Timestamp time(Instant at) {
        return ProtoTimes.timestamp(at);
    }

    public static Instant time(Timestamp at) {
        return ProtoTimes.instant(at);
    }

    public static Duration duration(java.time.Duration time) {
        return ProtoTimes.message(time);
    }

    public static java.time.Duration duration(Duration time) {
        return ProtoTimes.duration(time);
    }

    public static org.panacall.proto.call.v1.EndReason reason(EndReason reason) {
        var fault =
                switch (reason.fault()) {
                    case NONE -> Fault.FAULT_NONE;
                    case CALLER -> Fault.FAULT_CALLER;
                    case AGENT -> Fault.FAULT_AGENT;
                    case CARRIER -> Fault.FAULT_CARRIER;
                    case US -> Fault.FAULT_US;
                    case UNKNOWN -> Fault.FAULT_UNKNOWN;
                };
        return org.panacall.proto.call.v1.EndReason.newBuilder()
                .setFault(fault)
                .setReason(reason.reason())
                .build();
    }

    public static EndReason reason(org.panacall.proto.call.v1.EndReason reason) {
        var fault =
                switch (reason.getFault()) {
                    case FAULT_NONE -> EndReason.Fault.NONE;
                    case FAULT_CALLER -> EndReason.Fault.CALLER;
                    case FAULT_AGENT -> EndReason.Fault.AGENT;
                    case FAULT_CARRIER -> EndReason.Fault.CARRIER;
                    case FAULT_US -> EndReason.Fault.US;
                    case FAULT_UNKNOWN, FAULT_UNSPECIFIED, UNRECOGNIZED -> EndReason.Fault.UNKNOWN;
                };
        return new EndReason(fault, reason.getReason().isEmpty() ? UNNAMED : reason.getReason());
    }

    /** What others see him do: who talks in a call of his own is on call, too. */
    public static org.panacall.proto.acd.v1.AgentState state(Agent agent) {
        return agent.resting() && agent.talksElsewhere()
                ? org.panacall.proto.acd.v1.AgentState.AGENT_STATE_ON_CALL
                : state(agent.state());
    }

    public static org.panacall.proto.acd.v1.AgentState state(AgentState state) {
        return switch (state) {
            case AgentState.NotReady not ->
                    org.panacall.proto.acd.v1.AgentState.AGENT_STATE_NOT_READY;
            case AgentState.Ready ready -> org.panacall.proto.acd.v1.AgentState.AGENT_STATE_READY;
            case AgentState.Offered offered ->
                    org.panacall.proto.acd.v1.AgentState.AGENT_STATE_OFFERED;
            case AgentState.OnCall call -> org.panacall.proto.acd.v1.AgentState.AGENT_STATE_ON_CALL;
            case AgentState.WrapUp wrap -> org.panacall.proto.acd.v1.AgentState.AGENT_STATE_WRAP_UP;
        };
    }

    public static AgentStateCause cause(Intent.Author author) {
        return switch (author) {
            case Intent.Author.Self self -> AgentStateCause.AGENT_STATE_CAUSE_AGENT;
            case Intent.Author.Supervisor by -> AgentStateCause.AGENT_STATE_CAUSE_SUPERVISOR;
            case Intent.Author.MissedOffers missed ->
                    AgentStateCause.AGENT_STATE_CAUSE_MISSED_OFFERS;
            case Intent.Author.Overdue overdue -> AgentStateCause.AGENT_STATE_CAUSE_OVERDUE;
        };
    }

    /** Id of the supervisor, when it was one. */
    public static String forcedBy(Intent.Author author) {
        return author instanceof Intent.Author.Supervisor(var person) ? person : "";
    }

    public static Intent.Author author(AgentStateCause cause, String forcedBy) {
        return switch (cause) {
            case AGENT_STATE_CAUSE_SUPERVISOR -> new Intent.Author.Supervisor(forcedBy);
            case AGENT_STATE_CAUSE_MISSED_OFFERS -> new Intent.Author.MissedOffers();
            case AGENT_STATE_CAUSE_OVERDUE -> new Intent.Author.Overdue();
            case AGENT_STATE_CAUSE_AGENT, AGENT_STATE_CAUSE_UNSPECIFIED, UNRECOGNIZED ->
                    new Intent.Author.Self();
        };
    }

    public static WrapUpMode mode(Notes.Mode mode) {
        return switch (mode) {
            case NONE -> WrapUpMode.WRAP_UP_MODE_NONE;
            case MANDATORY -> WrapUpMode.WRAP_UP_MODE_MANDATORY;
            case OPTIONAL -> WrapUpMode.WRAP_UP_MODE_OPTIONAL;
            case TIMED -> WrapUpMode.WRAP_UP_MODE_TIMED;
            case EXTENDABLE -> WrapUpMode.WRAP_UP_MODE_EXTENDABLE;
        };
    }

    public static Notes.Mode mode(WrapUpMode mode) {
        return switch (mode) {
            case WRAP_UP_MODE_NONE -> Notes.Mode.NONE;
            case WRAP_UP_MODE_MANDATORY -> Notes.Mode.MANDATORY;
            case WRAP_UP_MODE_OPTIONAL -> Notes.Mode.OPTIONAL;
            case WRAP_UP_MODE_EXTENDABLE -> Notes.Mode.EXTENDABLE;
            case WRAP_UP_MODE_TIMED, WRAP_UP_MODE_UNSPECIFIED, UNRECOGNIZED -> Notes.Mode.TIMED;
        };
    }

    /** How somebody is rung, in the contract's words and back. */
    public static RingGroup group(Group group) {
        var message =
                RingGroup.newBuilder()
                        .setOrder(order(group.order()))
                        .setRingTimeout(duration(group.times().stage()))
                        .setAfterTalkFlowId(group.afterTalk().orElse(""));
        group.times().longest().map(Wording::duration).ifPresent(message::setLongest);
        for (var member : group.members()) {
            var one = message.addMembersBuilder();
            if (member.isOutside()) {
                one.setNumber(member.value());
            } else {
                one.setExtension(member.value());
            }
        }
        return message.build();
    }

    /**
     * @throws IllegalArgumentException when nobody can be rung so
     */
    public static Group group(RingGroup message) {
        return new Group(
                message.getMembersList().stream().map(Wording::member).toList(),
                order(message.getOrder()),
                new Group.Times(
                        message.hasRingTimeout()
                                ? duration(message.getRingTimeout())
                                : GROUP_RING_TIMEOUT,
                        message.hasLongest()
                                ? Optional.of(duration(message.getLongest()))
                                : Optional.empty()),
                Optional.of(message.getAfterTalkFlowId()).filter(flow -> !flow.isEmpty()));
    }

    private static PartyNumber member(RingGroupMember member) {
        var number = new PartyNumber(member.getNumber());
        if (member.hasNumber() && !number.isOutside()) {
            throw new IllegalArgumentException("a number outside begins with +");
        }
        return member.hasNumber()
                ? number
                : new PartyNumber(new Extension(member.getExtension()).value());
    }

    private static RingGroupOrder order(Group.Order order) {
        return switch (order) {
            case AT_ONCE -> RingGroupOrder.RING_GROUP_ORDER_AT_ONCE;
            case IN_TURN -> RingGroupOrder.RING_GROUP_ORDER_IN_TURN;
            case ESCALATING -> RingGroupOrder.RING_GROUP_ORDER_ESCALATING;
        };
    }

    private static Group.Order order(RingGroupOrder order) {
        return switch (order) {
            case RING_GROUP_ORDER_IN_TURN -> Group.Order.IN_TURN;
            case RING_GROUP_ORDER_ESCALATING -> Group.Order.ESCALATING;
            case RING_GROUP_ORDER_AT_ONCE, RING_GROUP_ORDER_UNSPECIFIED, UNRECOGNIZED ->
                    Group.Order.AT_ONCE;
        };
    }

    public static RingingTerms terms(Target.Terms terms) {
        var message =
                RingingTerms.newBuilder()
                        .setOnlyExtension(terms.onlyExtension())
                        .addAllExits(terms.exits());
        terms.ringTimeout().map(Wording::duration).ifPresent(message::setRingTimeout);
        return message.build();
    }

    public static Target.Terms terms(RingingTerms terms) {
        return new Target.Terms(
                terms.hasRingTimeout()
                        ? Optional.of(duration(terms.getRingTimeout()))
                        : Optional.empty(),
                terms.getOnlyExtension(),
                terms.getExitsList());
    }
}
