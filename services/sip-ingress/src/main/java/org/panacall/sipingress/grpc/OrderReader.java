// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import java.time.Duration;
import java.util.TreeMap;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.CreateCallRequest;
import org.panacall.proto.sipingress.v1.Effect;
import org.panacall.proto.sipingress.v1.HandOverRequest;
import org.panacall.proto.sipingress.v1.JoinLegsRequest;
import org.panacall.proto.sipingress.v1.JoinRoomRequest;
import org.panacall.proto.sipingress.v1.PlayRequest;
import org.panacall.proto.sipingress.v1.RunFlowRequest;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.Listening;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.Recordings;
import org.panacall.sipingress.Ways;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;
import org.panacall.sipingress.core.leg.PlayId;
import org.panacall.sipingress.core.leg.Program;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.room.RoomWish;

/** Makes orders of requests; a malformed one is an IllegalArgumentException. */
final class OrderReader {

    private static final Duration RING_DEFAULT = Duration.ofSeconds(60);
    private static final Duration RING_MAX = Duration.ofMinutes(4);

    private OrderReader() {}

    static Order.Stamp stamp(Effect effect) {
        return new Order.Stamp(
                effect.getEffectId(),
                effect.getEpoch(),
                CallWords.ofMessage(effect.getController()));
    }

    static Order read(CreateCallRequest request) {
        return new Order.CreateCall(
                stamp(request.getEffect()),
                new CallId(request.getCallId()),
                new TenantId(request.getTenantId()),
                plan(request.getLeg()),
                request.getOrigin());
    }

    static Order read(AddLegRequest request) {
        return new Order.AddLeg(
                stamp(request.getEffect()),
                new CallId(request.getCallId()),
                plan(request.getLeg()));
    }

    static Order read(PlayRequest request) {
        return new Order.Play(
                stamp(request.getEffect()),
                new CallId(request.getCallId()),
                new LegId(request.getLegId()),
                new PlayId(request.getPlayId()),
                new Program(
                        Prompts.ofMessages(request.getPromptsList()),
                        request.getRepeat(),
                        request.getBargeIn(),
                        Recordings.plan(request.hasRecord(), request.getRecord()),
                        Listening.plan(request.hasListen(), request.getListen())));
    }

    static Order read(HandOverRequest request) {
        var stamp = stamp(request.getEffect());
        var call = new CallId(request.getCallId());
        return request.hasBack()
                ? new Order.HandBack(stamp, call, request.getBack().getExit())
                : new Order.HandOver(stamp, call, target(request));
    }

    static Order.JoinLegs read(JoinLegsRequest request) {
        return new Order.JoinLegs(
                stamp(request.getEffect()),
                new CallId(request.getCallId()),
                new LegId(request.getLegId()),
                new LegId(request.getOtherLegId()),
                new Order.JoinLegs.Terms(
                        request.getAfterTalkFlowId(),
                        Recordings.plan(request.hasRecord(), request.getRecord()),
                        request.getNoticeMissing()));
    }

    static Order read(JoinRoomRequest request) {
        return new Order.JoinRoom(
                stamp(request.getEffect()),
                new CallId(request.getCallId()),
                new LegId(request.getLegId()),
                new RoomWish(
                        request.getRoom(),
                        request.getParticipantsMax(),
                        Prompts.ofMessages(request.getAlonePromptsList()),
                        request.getSigns()));
    }

    static Order read(RunFlowRequest request) {
        var entry = Destination.Entry.with(new TreeMap<>(request.getVariablesMap()));
        if (request.getFlowId().isEmpty()) throw new IllegalArgumentException("run which flow?");
        return new Order.RunFlow(
                stamp(request.getEffect()),
                new CallId(request.getCallId()),
                new Destination.Flow(request.getFlowId(), entry));
    }

    private static Destination.HandOver target(HandOverRequest request) {
        return switch (request.getToCase()) {
            case QUEUE ->
                    new Destination.Queue(
                            request.getQueue().getQueueId(),
                            new TreeMap<>(request.getQueue().getAttributesMap()));
            case EXTENSION -> Ways.person(request.getExtension());
            case NUMBER -> Ways.telephone(request.getNumber());
            case GROUP -> Ways.group(request.getGroup());
            case FLOW ->
                    new Destination.Flow(
                            request.getFlow().getFlowId(),
                            Destination.Entry.from(request.getFlow().getFromQueueId()));
            case BACK, TO_NOT_SET -> throw new IllegalArgumentException("hand over to whom?");
        };
    }

    private static LegPlan plan(org.panacall.proto.sipingress.v1.LegPlan plan) {
        var target =
                switch (plan.getTarget().getTargetCase()) {
                    case EXTENSION -> new LegPlan.Target.Extension(plan.getTarget().getExtension());
                    case NUMBER -> new LegPlan.Target.Number(plan.getTarget().getNumber());
                    case TARGET_NOT_SET -> throw new IllegalArgumentException("ring whom?");
                };
        var asked = Prompts.ofMessage(plan.getRingTimeout());
        var ring = asked.isZero() ? RING_DEFAULT : asked;
        return new LegPlan(
                new LegId(plan.getLegId()),
                role(plan.getRole()),
                target,
                plan.getCallerNumber(),
                plan.getCallerName(),
                ring.compareTo(RING_MAX) > 0 ? RING_MAX : ring,
                plan.getAgentId());
    }

    private static LegRole role(org.panacall.proto.call.v1.LegRole role) {
        return switch (role) {
            case LEG_ROLE_CALLER -> LegRole.CALLER;
            case LEG_ROLE_AGENT -> LegRole.AGENT;
            case LEG_ROLE_CALLEE -> LegRole.CALLEE;
            case LEG_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a leg's role is wanted");
        };
    }
}
