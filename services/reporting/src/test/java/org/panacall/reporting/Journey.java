// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.panacall.proto.acd.v1.AcdEvent;
import org.panacall.proto.acd.v1.CallDequeued;
import org.panacall.proto.acd.v1.CallQueued;
import org.panacall.proto.acd.v1.OfferAccepted;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.LegRole;
import org.panacall.proto.call.v1.TalkRecordingOutcome;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.ivr.v1.FlowStarted;
import org.panacall.proto.ivr.v1.IvrEvent;
import org.panacall.proto.sipingress.v1.CallFinished;
import org.panacall.proto.sipingress.v1.CallStarted;
import org.panacall.proto.sipingress.v1.LegConnected;
import org.panacall.proto.sipingress.v1.LegFinished;
import org.panacall.proto.sipingress.v1.LegQuality;
import org.panacall.proto.sipingress.v1.LegStarted;
import org.panacall.proto.sipingress.v1.LegsJoined;
import org.panacall.proto.sipingress.v1.SipIngressEvent;
import org.panacall.proto.sipingress.v1.TalkRecordingDecided;

/**
 * The events of one call as three services tell them: greeting at 1 s, queue at 10 s, talk with 103
 * from 15 s to 25 s.
 */
public record Journey(String call, String from, Instant start) {

    public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    public static final String ROOT_ID = "b7ad6b7169203331";

    public List<Event> sipIngress() {
        return List.of(
                sip(0, SipIngressEvent.newBuilder().setCallStarted(started())),
                sip(0, SipIngressEvent.newBuilder().setLegStarted(callersLeg())),
                sip(1, SipIngressEvent.newBuilder().setLegConnected(connected("leg_a", "PCMA"))),
                sip(12, SipIngressEvent.newBuilder().setLegStarted(agentsLeg())),
                sip(15, SipIngressEvent.newBuilder().setLegConnected(connected("leg_b", "PCMU"))),
                sip(
                        15,
                        SipIngressEvent.newBuilder()
                                .setLegsJoined(
                                        LegsJoined.newBuilder()
                                                .addLegIds("leg_a")
                                                .addLegIds("leg_b"))),
                sip(25, SipIngressEvent.newBuilder().setLegFinished(finished("leg_a"))),
                sip(25, SipIngressEvent.newBuilder().setLegFinished(finished("leg_b"))),
                sip(
                        25,
                        SipIngressEvent.newBuilder()
                                .setCallFinished(CallFinished.newBuilder().setEndReason(end()))));
    }

    /** The same, begun by an INVITE that the edge had then. */
    public List<Event> sipIngress(String invitation, Instant receivedAt) {
        return sipIngress().stream().map(event -> begunBy(event, invitation, receivedAt)).toList();
    }

    /** A call whose sip-ingress died in set-up, and whose heir ends it after 4 s. */
    public List<Event> lost(String invitation, Instant receivedAt) {
        var lost =
                EndReason.newBuilder()
                        .setFault(Fault.FAULT_US)
                        .setReason("sip-ingress-lost")
                        .build();
        var leg = LegFinished.newBuilder().setLegId("leg_a").setEndReason(lost);
        var over = CallFinished.newBuilder().setEndReason(lost);
        return Stream.concat(
                        sipIngress(invitation, receivedAt).stream().limit(2),
                        Stream.of(
                                sip(4, SipIngressEvent.newBuilder().setLegFinished(leg)),
                                sip(4, SipIngressEvent.newBuilder().setCallFinished(over))))
                .toList();
    }

    /** The end of the caller's call, of which somebody heard at 25 s only. */
    public List<Event> hungUpUnheard(Instant at) {
        var endedAt = Timestamps.fromMillis(at.toEpochMilli());
        var leg = finished("leg_a").toBuilder().setEndedAt(endedAt);
        var over = CallFinished.newBuilder().setEndReason(end()).setEndedAt(endedAt);
        return List.of(
                sip(25, SipIngressEvent.newBuilder().setLegFinished(leg)),
                sip(25, SipIngressEvent.newBuilder().setCallFinished(over)));
    }

    private static Event begunBy(Event event, String invitation, Instant receivedAt) {
        if (!event.getSipIngress().hasCallStarted()) return event;
        var begun = event.toBuilder();
        begun.getSipIngressBuilder()
                .getCallStartedBuilder()
                .setInvitation(invitation)
                .setReceivedAt(Timestamps.fromMillis(receivedAt.toEpochMilli()));
        return begun.build();
    }

    public List<Event> ivr() {
        var flow = FlowStarted.newBuilder().setFlowId("main");
        return List.of(at(1).setIvr(IvrEvent.newBuilder().setFlowStarted(flow)).build());
    }

    public List<Event> acd() {
        return List.of(
                at(10).setAcd(
                                AcdEvent.newBuilder()
                                        .setCallQueued(
                                                CallQueued.newBuilder().setQueueId("registry")))
                        .build(),
                at(15).setAcd(
                                AcdEvent.newBuilder()
                                        .setOfferAccepted(
                                                OfferAccepted.newBuilder().setAgentId("agent_103")))
                        .build(),
                at(15).setAcd(
                                AcdEvent.newBuilder()
                                        .setCallDequeued(
                                                CallDequeued.newBuilder().setQueueId("registry")))
                        .build());
    }

    /** The talk was recorded at one media node, then at another, which had no room. */
    public List<Event> recorded() {
        return List.of(
                recorded(15, TalkRecordingOutcome.TALK_RECORDING_OUTCOME_RECORDED, "recording_1"),
                recorded(20, TalkRecordingOutcome.TALK_RECORDING_OUTCOME_NO_ROOM, ""));
    }

    private Event recorded(int seconds, TalkRecordingOutcome outcome, String recording) {
        var told =
                TalkRecordingDecided.newBuilder()
                        .setLegId("leg_b")
                        .setOutcome(outcome)
                        .setRecordingId(recording);
        return sip(seconds, SipIngressEvent.newBuilder().setTalkRecordingDecided(told));
    }

    public List<Event> all() {
        return Stream.of(sipIngress(), recorded(), ivr(), acd()).flatMap(List::stream).toList();
    }

    private CallStarted started() {
        return CallStarted.newBuilder()
                .setDirection(Direction.DIRECTION_INBOUND)
                .setFromNumber(from)
                .setToNumber("+74950000100")
                .setCarrier("demo")
                .setOrigin("carrier")
                .build();
    }

    private LegStarted callersLeg() {
        return LegStarted.newBuilder()
                .setLegId("leg_a")
                .setRole(LegRole.LEG_ROLE_CALLER)
                .setDirection(Direction.DIRECTION_INBOUND)
                .setParty(from)
                .build();
    }

    private LegStarted agentsLeg() {
        return LegStarted.newBuilder()
                .setLegId("leg_b")
                .setRole(LegRole.LEG_ROLE_AGENT)
                .setDirection(Direction.DIRECTION_OUTBOUND)
                .setParty("103")
                .setAgentId("agent_103")
                .build();
    }

    private static LegConnected connected(String leg, String codec) {
        return LegConnected.newBuilder().setLegId(leg).setCodec(codec).build();
    }

    private static LegFinished finished(String leg) {
        return LegFinished.newBuilder()
                .setLegId(leg)
                .setEndReason(end())
                .setQuality(
                        LegQuality.newBuilder()
                                .setPacketsReceived(1250)
                                .setPacketsLost(3)
                                .setJitterMs(1.5)
                                .setMos(4.3))
                .build();
    }

    private static EndReason end() {
        return EndReason.newBuilder()
                .setFault(Fault.FAULT_NONE)
                .setReason("caller-hung-up")
                .build();
    }

    private Event sip(int seconds, SipIngressEvent.Builder told) {
        return at(seconds).setSipIngress(told).build();
    }

    private Event.Builder at(int seconds) {
        return Event.newBuilder()
                .setTenantId("demo")
                .setEntityId(call)
                .setTraceparent("00-" + TRACE_ID + "-" + ROOT_ID + "-01")
                .setAt(Timestamps.fromMillis(start.plusSeconds(seconds).toEpochMilli()));
    }
}
