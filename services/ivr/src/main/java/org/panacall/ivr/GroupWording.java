// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import java.time.Duration;
import java.util.Optional;
import org.panacall.defaults.ProtoTimes;
import org.panacall.ivr.core.flow.Destination.RingGroup;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.proto.call.v1.RingGroupMember;
import org.panacall.proto.call.v1.RingGroupOrder;

/** Ring groups in the contract's words. */
public final class GroupWording {

    private static final Duration EACH = Duration.ofSeconds(20);

    private GroupWording() {}

    /**
     * @throws IllegalArgumentException when it makes no sense
     */
    public static RingGroup read(org.panacall.proto.call.v1.RingGroup drawn) {
        var order =
                switch (drawn.getOrder()) {
                    case RING_GROUP_ORDER_IN_TURN -> RingGroup.Order.IN_TURN;
                    case RING_GROUP_ORDER_ESCALATING -> RingGroup.Order.ESCALATING;
                    case RING_GROUP_ORDER_AT_ONCE, RING_GROUP_ORDER_UNSPECIFIED, UNRECOGNIZED ->
                            RingGroup.Order.AT_ONCE;
                };
        var times =
                new RingGroup.Times(
                        drawn.hasRingTimeout() ? ProtoTimes.duration(drawn.getRingTimeout()) : EACH,
                        drawn.hasLongest()
                                ? Optional.of(ProtoTimes.duration(drawn.getLongest()))
                                : Optional.empty());
        return new RingGroup(
                drawn.getMembersList().stream().map(GroupWording::member).toList(),
                order,
                times,
                Optional.of(drawn.getAfterTalkFlowId())
                        .filter(flow -> !flow.isEmpty())
                        .map(FlowId::new));
    }

    private static Step.Rung member(RingGroupMember member) {
        return member.hasNumber()
                ? new Step.Telephone(member.getNumber())
                : new Step.Person(new Extension(member.getExtension()), false);
    }

    public static org.panacall.proto.call.v1.RingGroup message(RingGroup group) {
        var message =
                org.panacall.proto.call.v1.RingGroup.newBuilder()
                        .setOrder(RingGroupOrder.valueOf("RING_GROUP_ORDER_" + group.order()))
                        .setRingTimeout(PromptWording.duration(group.times().each()))
                        .setAfterTalkFlowId(group.afterTalk().map(FlowId::value).orElse(""));
        group.times().longest().map(PromptWording::duration).ifPresent(message::setLongest);
        for (var member : group.members()) {
            var one = message.addMembersBuilder();
            switch (member) {
                case Step.Person(var extension, _) -> one.setExtension(extension.value());
                case Step.Telephone(var number) -> one.setNumber(number);
            }
        }
        return message.build();
    }
}
