// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.call.v1.RingGroup;
import org.panacall.proto.call.v1.RingGroupOrder;
import org.panacall.proto.sipingress.v1.ToExtension;
import org.panacall.proto.sipingress.v1.ToGroup;
import org.panacall.proto.sipingress.v1.ToNumber;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.Destination.Terms;
import org.panacall.sipingress.core.plan.Destination.WayBack;
import org.panacall.sipingress.core.plan.RingPlan;

/** Who is rung for a call, and how it comes back to its flow, in the contract's words. */
public final class Ways {

    private Ways() {}

    public static Destination.Person person(ToExtension to) {
        return new Destination.Person(
                to.getExtension(),
                to.getFallbackQueueId(),
                new Terms(
                        ringTimeout(to.hasRingTimeout(), to.getRingTimeout()),
                        to.getOnlyExtension(),
                        back(to.hasWayBack(), to.getWayBack())));
    }

    public static Destination.Telephone telephone(ToNumber to) {
        if (!to.getNumber().matches("\\+[0-9]{5,15}")) {
            throw new IllegalArgumentException("a number outside is E.164 with +");
        }
        return new Destination.Telephone(
                to.getNumber(),
                to.getFallbackQueueId(),
                new Terms(
                        ringTimeout(to.hasRingTimeout(), to.getRingTimeout()),
                        false,
                        back(to.hasWayBack(), to.getWayBack())));
    }

    public static Destination.Group group(ToGroup to) {
        return new Destination.Group(
                plan(to.getGroup()),
                to.getFallbackQueueId(),
                new Terms(Optional.empty(), false, back(to.hasWayBack(), to.getWayBack())));
    }

    public static ToGroup message(Destination.Group to) {
        var message =
                ToGroup.newBuilder()
                        .setGroup(message(to.group()))
                        .setFallbackQueueId(to.fallbackQueue());
        to.terms().back().map(Ways::message).ifPresent(message::setWayBack);
        return message.build();
    }

    private static RingPlan plan(RingGroup group) {
        var members =
                group.getMembersList().stream()
                        .map(one -> one.hasNumber() ? one.getNumber() : one.getExtension())
                        .toList();
        var order =
                switch (group.getOrder()) {
                    case RING_GROUP_ORDER_IN_TURN -> RingPlan.Order.IN_TURN;
                    case RING_GROUP_ORDER_ESCALATING -> RingPlan.Order.ESCALATING;
                    case RING_GROUP_ORDER_AT_ONCE, RING_GROUP_ORDER_UNSPECIFIED, UNRECOGNIZED ->
                            RingPlan.Order.AT_ONCE;
                };
        var times =
                new RingPlan.Times(
                        ringTimeout(group.hasRingTimeout(), group.getRingTimeout()),
                        ringTimeout(group.hasLongest(), group.getLongest()));
        return new RingPlan(members, order, times, group.getAfterTalkFlowId());
    }

    public static RingGroup message(RingPlan plan) {
        var message =
                RingGroup.newBuilder()
                        .setOrder(RingGroupOrder.valueOf("RING_GROUP_ORDER_" + plan.order()))
                        .setAfterTalkFlowId(plan.afterTalk());
        plan.times().each().map(Ways::message).ifPresent(message::setRingTimeout);
        plan.times().longest().map(Ways::message).ifPresent(message::setLongest);
        for (var member : plan.members()) {
            var one = message.addMembersBuilder();
            if (member.startsWith("+")) {
                one.setNumber(member);
            } else {
                one.setExtension(member);
            }
        }
        return message.build();
    }

    private static Optional<Duration> ringTimeout(
            boolean given, com.google.protobuf.Duration drawn) {
        return given ? Optional.of(Prompts.ofMessage(drawn)) : Optional.empty();
    }

    /** A way back, if there is one. */
    public static Optional<WayBack> back(
            boolean given, org.panacall.proto.sipingress.v1.WayBack way) {
        return given
                ? Optional.of(
                        new WayBack(
                                way.getFlowId(),
                                Base64.getEncoder().encodeToString(way.getBookmark().toByteArray()),
                                way.getExitsList()))
                : Optional.empty();
    }

    /** A bookmark as whoever wrote it will read it. */
    public static ByteString bookmark(WayBack way) {
        return ByteString.copyFrom(Base64.getDecoder().decode(way.bookmark()));
    }

    public static org.panacall.proto.sipingress.v1.WayBack message(WayBack way) {
        return org.panacall.proto.sipingress.v1.WayBack.newBuilder()
                .setFlowId(way.flow())
                .setBookmark(bookmark(way))
                .addAllExits(way.exits())
                .build();
    }

    public static com.google.protobuf.Duration message(Duration time) {
        return ProtoTimes.message(time);
    }
}
