// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.panacall.defaults.ProtoTimes;
import org.panacall.engine.Codec;
import org.panacall.engine.Turn;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.sipingress.v1.CallFinished;
import org.panacall.proto.sipingress.v1.CallStarted;
import org.panacall.proto.sipingress.v1.ControllerChanged;
import org.panacall.proto.sipingress.v1.FlowNotRun;
import org.panacall.proto.sipingress.v1.LegConnected;
import org.panacall.proto.sipingress.v1.LegFinished;
import org.panacall.proto.sipingress.v1.LegHoldChanged;
import org.panacall.proto.sipingress.v1.LegQuality;
import org.panacall.proto.sipingress.v1.LegRang;
import org.panacall.proto.sipingress.v1.LegReanchored;
import org.panacall.proto.sipingress.v1.LegStarted;
import org.panacall.proto.sipingress.v1.LegsJoined;
import org.panacall.proto.sipingress.v1.RoomJoined;
import org.panacall.proto.sipingress.v1.RoomLeft;
import org.panacall.proto.sipingress.v1.SipIngressEvent;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.plan.TenantId;

/** What the world reads about our calls: one batch a turn. */
public final class FactCodec implements Codec<CallFact> {

    private static final int DIGEST_BYTES = 16;

    private final String instance;
    private final String grpcAddress;
    private final CallWriter calls;

    /**
     * @param holder this process
     * @param grpcAddress where commands on our calls go
     */
    public FactCodec(String instance, String holder, String grpcAddress) {
        this.instance = instance;
        this.grpcAddress = grpcAddress;
        calls = new CallWriter(holder, grpcAddress);
    }

    @Override
    public byte[] encode(Turn<CallFact> turn) {
        var batch = EventBatch.newBuilder().setService("sip-ingress").setShard(instance);
        turn.events().forEach(fact -> batch.addEvents(event(fact)));
        return batch.build().toByteArray();
    }

    /** No more than an heir reads: how calls stood, and which are over. */
    @Override
    public Turn<CallFact> decode(byte[] message) {
        try {
            var facts =
                    EventBatch.parseFrom(message).getEventsList().stream()
                            .map(FactCodec::fact)
                            .flatMap(Optional::stream)
                            .toList();
            return new Turn<>(Instant.EPOCH, facts);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException("not a batch of events", broken);
        }
    }

    private static Optional<CallFact> fact(Event event) {
        var payload = event.getSipIngress();
        return switch (payload.getEventCase()) {
            case CALL_STORED ->
                    Optional.of(fact(event, new CallEvent.CallStored(CallReader.read(event))));
            case CALL_FINISHED -> {
                var reason = CallWords.ofMessage(payload.getCallFinished().getEndReason());
                var at = CallReader.instant(payload.getCallFinished().getEndedAt());
                yield Optional.of(fact(event, new CallEvent.CallFinished(reason, at)));
            }
            default -> Optional.empty();
        };
    }

    private static CallFact fact(Event event, CallEvent happened) {
        return new CallFact(
                new CallId(event.getEntityId()),
                new TenantId(event.getTenantId()),
                event.getEntitySequence(),
                ProtoTimes.instant(event.getAt()),
                event.getTraceparent(),
                happened);
    }

    private Event event(CallFact fact) {
        return Event.newBuilder()
                .setEventId(fact.call() + "-" + fact.sequence())
                .setTenantId(fact.tenant().value())
                .setEntityId(fact.call().value())
                .setEntitySequence(fact.sequence())
                .setAt(CallWriter.timestamp(fact.at()))
                .setTraceparent(fact.traceparent())
                .setSipIngress(payload(fact.event()))
                .build();
    }

    private SipIngressEvent payload(CallEvent event) {
        var payload = SipIngressEvent.newBuilder();
        switch (event) {
            case CallEvent.CallStarted started -> payload.setCallStarted(started(started));
            case CallEvent.LegStarted started -> payload.setLegStarted(started(started));
            case CallEvent.LegRang(var leg) ->
                    payload.setLegRang(LegRang.newBuilder().setLegId(leg.value()));
            case CallEvent.LegConnected(var leg, var codec) ->
                    payload.setLegConnected(
                            LegConnected.newBuilder().setLegId(leg.value()).setCodec(codec.name()));
            case CallEvent.LegsJoined(var pair) ->
                    payload.setLegsJoined(
                            LegsJoined.newBuilder()
                                    .addLegIds(pair.one().value())
                                    .addLegIds(pair.other().value()));
            case CallEvent.LegHoldChanged(var leg, var held) ->
                    payload.setLegHoldChanged(
                            LegHoldChanged.newBuilder().setLegId(leg.value()).setHeld(held));
            case CallEvent.LegReanchored(var leg, var node) ->
                    payload.setLegReanchored(
                            LegReanchored.newBuilder().setLegId(leg.value()).setMediaNode(node));
            case CallEvent.ControllerChanged(var controller, var target) ->
                    payload.setControllerChanged(
                            ControllerChanged.newBuilder()
                                    .setController(CallWords.toMessage(controller))
                                    .setTarget(target));
            case CallEvent.RoomJoined(var leg, var room) ->
                    payload.setRoomJoined(
                            RoomJoined.newBuilder().setLegId(leg.value()).setRoom(room));
            case CallEvent.RoomLeft(var leg, var room) ->
                    payload.setRoomLeft(RoomLeft.newBuilder().setLegId(leg.value()).setRoom(room));
            case CallEvent.FlowNotRun(var flow) ->
                    payload.setFlowNotRun(FlowNotRun.newBuilder().setFlowId(flow));
            case CallEvent.CallStored(var call) -> payload.setCallStored(calls.write(call));
            case CallEvent.LegFinished finished -> payload.setLegFinished(finished(finished));
            case CallEvent.CallFinished(var reason, var at) ->
                    payload.setCallFinished(
                            CallFinished.newBuilder()
                                    .setEndReason(CallWords.toMessage(reason))
                                    .setEndedAt(CallWriter.timestamp(at)));
        }
        return payload.build();
    }

    private CallStarted.Builder started(CallEvent.CallStarted started) {
        var message =
                CallStarted.newBuilder()
                        .setDirection(CallWords.toMessage(started.direction()))
                        .setFromNumber(started.from())
                        .setToNumber(started.to())
                        .setCarrier(started.carrier())
                        .setOrigin(started.origin())
                        .setSipIngress(grpcAddress);
        started.arrival()
                .ifPresent(
                        arrival ->
                                message.setInvitation(digest(arrival.key()))
                                        .setReceivedAt(CallWriter.timestamp(arrival.at())));
        return message;
    }

    /** A Call-ID may be long, and is nobody's business but ours. */
    private static String digest(String key) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var whole = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java has SHA-256", missing);
        }
    }

    private static LegStarted.Builder started(CallEvent.LegStarted started) {
        return LegStarted.newBuilder()
                .setLegId(started.leg().value())
                .setRole(CallWords.toMessage(started.role()))
                .setDirection(CallWords.toMessage(started.direction()))
                .setParty(started.party())
                .setAgentId(started.agentId());
    }

    private static LegFinished.Builder finished(CallEvent.LegFinished finished) {
        var quality = finished.quality();
        return LegFinished.newBuilder()
                .setLegId(finished.leg().value())
                .setEndReason(CallWords.toMessage(finished.how().reason()))
                .setSipStatus(finished.how().status())
                .setEndedAt(CallWriter.timestamp(finished.how().at()))
                .setQuality(
                        LegQuality.newBuilder()
                                .setPacketsReceived(quality.packetsReceived())
                                .setPacketsLost(quality.packetsLost())
                                .setJitterMs(quality.jitterMs())
                                .setMos(quality.mos()));
    }
}
