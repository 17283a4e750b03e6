// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.events;

import java.util.List;
import java.util.Optional;
import org.panacall.desktop.Wire;
import org.panacall.proto.acd.v1.AcdEvent;
import org.panacall.proto.acd.v1.CallbackChanged;
import org.panacall.proto.acd.v1.ListeningChanged;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.sipingress.v1.LegStarted;
import org.panacall.proto.sipingress.v1.SipIngressEvent;

/** The services' events as browsers get them. What only services need stays out. */
final class LiveEvents {

    private LiveEvents() {}

    static Optional<LiveEvent> of(Event event) {
        return switch (event.getPayloadCase()) {
            case SIP_INGRESS -> of(event, event.getSipIngress());
            case ACD -> of(event, event.getAcd());
            case IVR, RECORDINGS, PAYLOAD_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<LiveEvent> of(Event event, SipIngressEvent told) {
        return switch (told.getEventCase()) {
            case CALL_STARTED -> {
                var call = told.getCallStarted();
                yield some(event, "call.started")
                        .map(
                                live ->
                                        live.with("direction", Wire.word(call.getDirection()))
                                                .with("from", call.getFromNumber())
                                                .with("to", call.getToNumber())
                                                .with("carrier", call.getCarrier())
                                                .with("origin", call.getOrigin()));
            }
            case LEG_STARTED -> legStarted(event, told.getLegStarted());
            case LEG_RANG ->
                    some(event, "leg.rang").map(x -> x.with("leg", told.getLegRang().getLegId()));
            case LEG_CONNECTED ->
                    some(event, "leg.answered")
                            .map(x -> x.with("leg", told.getLegConnected().getLegId()))
                            .map(x -> x.with("codec", told.getLegConnected().getCodec()));
            case LEGS_JOINED ->
                    some(event, "legs.joined")
                            .map(x -> x.with("legs", told.getLegsJoined().getLegIdsList()));
            case LEG_HOLD_CHANGED ->
                    some(event, "leg.held")
                            .map(x -> x.with("leg", told.getLegHoldChanged().getLegId()))
                            .map(x -> x.with("held", told.getLegHoldChanged().getHeld()));
            case LEG_FINISHED ->
                    some(event, "leg.ended")
                            .map(x -> x.with("leg", told.getLegFinished().getLegId()))
                            .map(x -> x.with("endReason", end(told)));
            case CONTROLLER_CHANGED -> {
                var change = told.getControllerChanged();
                yield some(event, "call.handed-over")
                        .map(x -> x.with("controller", Wire.word(change.getController().getKind())))
                        .map(x -> x.with("target", change.getTarget()));
            }
            case ROOM_JOINED ->
                    some(event, "room.joined")
                            .map(x -> x.with("leg", told.getRoomJoined().getLegId()))
                            .map(x -> x.with("room", told.getRoomJoined().getRoom()));
            case ROOM_LEFT ->
                    some(event, "room.left")
                            .map(x -> x.with("leg", told.getRoomLeft().getLegId()))
                            .map(x -> x.with("room", told.getRoomLeft().getRoom()));
            case FLOW_NOT_RUN ->
                    some(event, "flow.not-run")
                            .map(x -> x.with("flow", told.getFlowNotRun().getFlowId()));
            case CALL_FINISHED ->
                    some(event, "call.ended")
                            .map(
                                    x ->
                                            x.with(
                                                    "endReason",
                                                    Wire.end(
                                                            told.getCallFinished()
                                                                    .getEndReason())));
            // Between instances of sip-ingress.
            default -> Optional.empty();
        };
    }

    private static Wire.End end(SipIngressEvent told) {
        return Wire.end(told.getLegFinished().getEndReason());
    }

    private static Optional<LiveEvent> legStarted(Event event, LegStarted leg) {
        return Optional.of(
                LiveEvent.of(event, "leg.started", leg.getAgentId())
                        .with("leg", leg.getLegId())
                        .with("role", Wire.word(leg.getRole()))
                        .with("direction", Wire.word(leg.getDirection()))
                        .with("party", leg.getParty())
                        .with("agent", leg.getAgentId()));
    }

    private static Optional<LiveEvent> of(Event event, AcdEvent told) {
        return switch (told.getEventCase()) {
            case CALL_QUEUED -> {
                var call = told.getCallQueued();
                yield some(event, "queue.entered")
                        .map(
                                x ->
                                        x.with("queue", call.getQueueId())
                                                .with("extension", call.getExtension())
                                                .with("from", call.getCallerNumber()));
            }
            case CALL_DEQUEUED -> {
                var call = told.getCallDequeued();
                yield some(event, "queue.left")
                        .map(
                                x ->
                                        x.with("queue", call.getQueueId())
                                                .with(
                                                        "cause",
                                                        Wire.word(
                                                                call.getCause().name(),
                                                                "DEQUEUE_CAUSE_")));
            }
            case OFFER_MADE ->
                    offer(event, "offer.made", told.getOfferMade().getAgentId())
                            .map(x -> x.with("queue", told.getOfferMade().getQueueId()));
            case OFFER_ACCEPTED ->
                    offer(event, "offer.accepted", told.getOfferAccepted().getAgentId());
            case OFFER_ENDED ->
                    offer(event, "offer.ended", told.getOfferEnded().getAgentId())
                            .map(
                                    x ->
                                            x.with(
                                                    "end",
                                                    Wire.word(
                                                            told.getOfferEnded().getEnd().name(),
                                                            "OFFER_END_")));
            case AGENT_CHANGED -> agentChanged(event, told);
            case CALL_PLACED ->
                    offer(event, "call.placed", told.getCallPlaced().getAgentId())
                            .map(x -> x.with("number", told.getCallPlaced().getNumber()));
            case LISTENING_CHANGED -> told(event, told.getListeningChanged());
            case CALLBACK_CHANGED -> calledBack(event, told.getCallbackChanged());
            case CALLBACK_ENDED ->
                    some(event, "callback.ended")
                            .map(
                                    x ->
                                            x.with("callback", event.getEntityId())
                                                    .with(
                                                            "end",
                                                            Wire.word(
                                                                    told.getCallbackEnded()
                                                                            .getEnd()
                                                                            .name(),
                                                                    "CALLBACK_END_")));
            // Between instances of acd, or told by sip-ingress too.
            default -> Optional.empty();
        };
    }

    /** Not the prompts of a number: read out, it is as good as written. */
    private static Optional<LiveEvent> told(Event event, ListeningChanged heard) {
        return some(event, "caller.told")
                .filter(x -> heard.hasAnnouncement())
                .map(
                        x ->
                                x.with("position", figure(heard.getToldPosition()))
                                        .with(
                                                "minutes",
                                                heard.hasToldMinutes()
                                                        ? heard.getToldMinutes()
                                                        : null)
                                        .with(
                                                "prompts",
                                                heard.getNumber().isEmpty()
                                                        ? List.copyOf(
                                                                heard.getAnnouncement()
                                                                        .getPromptIdsList())
                                                        : null));
    }

    private static Integer figure(int told) {
        return told == 0 ? null : told;
    }

    private static Optional<LiveEvent> calledBack(Event event, CallbackChanged callback) {
        return Optional.of(
                LiveEvent.of(event, "callback.changed", callback.getAgentId())
                        .with("callback", event.getEntityId())
                        .with("queue", callback.getCall().getQueueId())
                        .with("number", callback.getCall().getCallerNumber())
                        .with("state", Wire.word(callback.getState().name(), "CALLBACK_STATE_"))
                        .with("agent", callback.getAgentId())
                        .with("call", callback.getCallId())
                        .with("attempts", callback.getAttempts())
                        .with("automatic", callback.getAutomatic()));
    }

    private static Optional<LiveEvent> agentChanged(Event event, AcdEvent told) {
        var agent = told.getAgentChanged();
        return Optional.of(
                LiveEvent.of(event, "agent.changed", event.getEntityId())
                        .with("agent", event.getEntityId())
                        .with("extension", agent.getExtension())
                        .with("state", Wire.word(agent.getState().name(), "AGENT_STATE_"))
                        .with("reason", agent.getReason())
                        .with("registered", agent.getRegistered())
                        .with("cause", Wire.word(agent.getCause().name(), "AGENT_STATE_CAUSE_"))
                        .with(
                                "wrapUpUntil",
                                Wire.time(agent.hasWrapUpUntil(), agent.getWrapUpUntil()))
                        .with("call", agent.getCallId()));
    }

    private static Optional<LiveEvent> some(Event event, String type) {
        return Optional.of(LiveEvent.of(event, type, ""));
    }

    private static Optional<LiveEvent> offer(Event event, String type, String agentId) {
        // Numbers outside are offered calls as well, but are nobody.
        return Optional.of(LiveEvent.of(event, type, agentId).with("agent", agentId))
                .filter(offer -> !agentId.startsWith("outside:"));
    }
}
