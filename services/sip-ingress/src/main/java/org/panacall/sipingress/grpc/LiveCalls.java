// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import java.time.Duration;
import java.util.List;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.Prompts;
import org.panacall.sipingress.core.b2bua.SipIngress;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.leg.Leg;
import org.panacall.sipingress.core.leg.LegState;

/** Lists the calls at hand. Runs on the core's thread. */
final class LiveCalls {

    private static final int PAGE = 500;

    private final String instance;
    private final String grpcAddress;
    private final long beganNanos = System.nanoTime();

    LiveCalls(String instance, String grpcAddress) {
        this.instance = instance;
        this.grpcAddress = grpcAddress;
    }

    /** Refuses ids that cannot be any, before the engine is bothered with them. */
    static void check(ListCallsRequest request) {
        after(request);
        if (!request.getCallId().isEmpty()) new CallId(request.getCallId());
    }

    ListCallsResponse list(SipIngress core, ListCallsRequest request) {
        var asked = request.getCallId();
        var calls =
                asked.isEmpty()
                        ? core.callsAfter(after(request))
                        : core.call(new CallId(asked)).map(List::of).orElse(List.of());
        var response = ListCallsResponse.newBuilder();
        calls.stream()
                .filter(call -> request.getTenantId().isEmpty() || isOf(call, request))
                .filter(call -> !call.isOver())
                .limit(PAGE)
                .forEach(call -> response.addCalls(call(call)));
        if (core.takesCalls()) response.setHoldingFor(Prompts.toMessage(heldFor()));
        return response.build();
    }

    private Duration heldFor() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    /** Before every call's id when none is named. */
    private static CallId after(ListCallsRequest request) {
        var named = request.getAfterCallId();
        return new CallId(named.isEmpty() ? "_" : named);
    }

    private static boolean isOf(Call call, ListCallsRequest request) {
        return call.tenant().id().value().equals(request.getTenantId());
    }

    private LiveCall call(Call call) {
        var facts = call.facts();
        var us =
                org.panacall.proto.call.v1.Controller.newBuilder()
                        .setKind(ControllerKind.CONTROLLER_KIND_SIP_INGRESS)
                        .setInstance(instance)
                        .build();
        var live =
                LiveCall.newBuilder()
                        .setCallId(call.id().value())
                        .setTenantId(call.tenant().id().value())
                        .setDirection(CallWords.toMessage(facts.direction()))
                        .setFromNumber(facts.from())
                        .setToNumber(facts.to())
                        .setStartedAt(NoticeWriter.timestamp(call.startedAt()))
                        .setController(call.controller().map(CallWords::toMessage).orElse(us))
                        .setSipIngress(grpcAddress);
        call.answeredAt().ifPresent(at -> live.setAnsweredAt(NoticeWriter.timestamp(at)));
        call.legs().forEach(leg -> live.addLegs(leg(call, leg)));
        live.setUndecided(
                call.control() instanceof Control.Asked || call.control() instanceof Control.Kept);
        return live.build();
    }

    private static LiveLeg leg(Call call, Leg leg) {
        var live =
                LiveLeg.newBuilder()
                        .setLegId(leg.id().value())
                        .setRole(CallWords.toMessage(leg.role()))
                        .setDirection(CallWords.toMessage(leg.direction()))
                        .setParty(leg.party())
                        .setAgentId(leg.agentId())
                        .setState(state(leg))
                        .setHeld(leg.isHeld());
        call.partners(leg.id()).forEach(other -> live.addJoinedLegIds(other.id().value()));
        return live.build();
    }

    private static org.panacall.proto.sipingress.v1.LegState state(Leg leg) {
        return switch (leg.state()) {
            case LegState.Opening opening ->
                    org.panacall.proto.sipingress.v1.LegState.LEG_STATE_STARTING;
            case LegState.Calling calling ->
                    org.panacall.proto.sipingress.v1.LegState.LEG_STATE_STARTING;
            case LegState.Offered offered ->
                    org.panacall.proto.sipingress.v1.LegState.LEG_STATE_RINGING;
            case LegState.Ringing ringing ->
                    org.panacall.proto.sipingress.v1.LegState.LEG_STATE_RINGING;
            case LegState.Answered answered ->
                    org.panacall.proto.sipingress.v1.LegState.LEG_STATE_ANSWERED;
            case LegState.Ended ended -> org.panacall.proto.sipingress.v1.LegState.LEG_STATE_ENDED;
        };
    }
}
