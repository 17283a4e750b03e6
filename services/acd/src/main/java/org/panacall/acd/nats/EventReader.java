// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Offer.Ring;
import org.panacall.acd.core.call.Plan;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.OfferId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.proto.acd.v1.CallEnding;
import org.panacall.proto.acd.v1.CallPlaced;
import org.panacall.proto.acd.v1.CallQueued;
import org.panacall.proto.acd.v1.DequeueCause;
import org.panacall.proto.acd.v1.OfferEnd;
import org.panacall.proto.acd.v1.OfferEnded;
import org.panacall.proto.acd.v1.OfferMade;
import org.panacall.proto.event.v1.Event;

/** Core events out of messages: the reverse of {@link EventWriter}. */
final class EventReader {

    private EventReader() {}

    static AcdEvent read(Event event) {
        var stamp = new Stamp(Wording.time(event.getAt()), event.getEntitySequence());
        var acd = event.getAcd();
        return switch (acd.getEventCase()) {
            case LEADER_ELECTED ->
                    new AcdEvent.LeaderElected(
                            stamp,
                            acd.getLeaderElected().getEpoch(),
                            acd.getLeaderElected().getInstance());
            case TERMS_CHANGED ->
                    new AcdEvent.TermsChanged(
                            stamp,
                            new QueueId(event.getEntityId()),
                            TermsForm.read(acd.getTermsChanged()));
            case AGENT_CHANGED ->
                    new AcdEvent.AgentChanged(
                            stamp,
                            AgentForm.read(
                                    new AgentId(event.getEntityId()),
                                    stamp.sequence(),
                                    acd.getAgentChanged()));
            case AGENT_OVERDUE ->
                    new AcdEvent.AgentOverdue(
                            stamp,
                            new AgentId(event.getEntityId()),
                            acd.getAgentOverdue().getReason(),
                            acd.getAgentOverdue().getInShift());
            case REGISTRATION_RENEWED ->
                    new AcdEvent.RegistrationRenewed(
                            stamp,
                            new AgentId(event.getEntityId()),
                            acd.getRegistrationRenewed().getDevice().isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Extension(
                                                    acd.getRegistrationRenewed().getDevice())),
                            Wording.time(acd.getRegistrationRenewed().getRegisteredUntil()));
            case AGENT_REMOVED ->
                    new AcdEvent.AgentRemoved(stamp, new AgentId(event.getEntityId()));
            case CALLBACK_CHANGED ->
                    new AcdEvent.CallbackChanged(
                            stamp,
                            CallbackForm.read(
                                    new CallbackId(event.getEntityId()),
                                    stamp.sequence(),
                                    acd.getCallbackChanged()));
            case CALLBACK_ENDED ->
                    CallbackForm.read(
                            stamp, new CallbackId(event.getEntityId()), acd.getCallbackEnded());
            case EVENT_NOT_SET ->
                    throw new IllegalStateException("the journal holds an event from the future");
            default -> ofCall(event, stamp);
        };
    }

    private static Target target(CallQueued queued) {
        if (!queued.getNumber().isEmpty()) {
            return new Target.ToNumber(
                    new PartyNumber(queued.getNumber()),
                    queue(queued.getFallbackQueueId()),
                    Wording.terms(queued.getTerms()));
        }
        if (queued.hasGroup()) {
            return new Target.ToGroup(
                    Wording.group(queued.getGroup()),
                    queue(queued.getFallbackQueueId()),
                    Wording.terms(queued.getTerms()));
        }
        return queued.getPersonId().isEmpty()
                ? new Target.ToQueue(new QueueId(queued.getQueueId()))
                : new Target.ToPerson(
                        new AgentId(queued.getPersonId()),
                        new Extension(queued.getExtension()),
                        queue(queued.getFallbackQueueId()),
                        Wording.terms(queued.getTerms()));
    }

    private static AcdEvent ofCall(Event event, Stamp stamp) {
        var call = new CallId(event.getEntityId());
        var acd = event.getAcd();
        return switch (acd.getEventCase()) {
            case CALL_QUEUED -> queued(stamp, call, acd.getCallQueued(), event.getTraceparent());
            case OFFER_MADE -> made(stamp, call, acd.getOfferMade());
            case OFFER_ACCEPTED ->
                    new AcdEvent.OfferAccepted(
                            stamp,
                            call,
                            new OfferId(acd.getOfferAccepted().getOfferId()),
                            new AgentId(acd.getOfferAccepted().getAgentId()),
                            acd.getOfferAccepted().getLegId().isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(new LegId(acd.getOfferAccepted().getLegId())));
            case DEVICE_RUNG ->
                    new AcdEvent.DeviceRung(
                            stamp,
                            call,
                            new AgentId(acd.getDeviceRung().getAgentId()),
                            new LegId(acd.getDeviceRung().getLegId()));
            case DEVICE_ENDED ->
                    new AcdEvent.DeviceEnded(
                            stamp,
                            call,
                            new AgentId(acd.getDeviceEnded().getAgentId()),
                            new LegId(acd.getDeviceEnded().getLegId()),
                            end(acd.getDeviceEnded().getEnd()));
            case CALL_OVERFLOWED -> OverflowForm.read(stamp, call, acd.getCallOverflowed());
            case CALL_TOLD -> OverflowForm.read(stamp, call, acd.getCallTold());
            case OFFER_ENDED -> ended(stamp, call, acd.getOfferEnded());
            case CALL_RETURNED ->
                    new AcdEvent.CallReturned(
                            stamp,
                            call,
                            new AgentId(acd.getCallReturned().getAgentId()),
                            Wording.time(acd.getCallReturned().getOthersFirstUntil()));
            case CALL_DEQUEUED ->
                    new AcdEvent.CallDequeued(
                            stamp,
                            call,
                            queue(acd.getCallDequeued().getQueueId()),
                            cause(acd.getCallDequeued().getCause()));
            case LISTENING_CHANGED ->
                    new AcdEvent.ListeningChanged(
                            stamp, call, ListeningForm.read(acd.getListeningChanged()));
            case CALL_PLACED -> placed(stamp, call, acd.getCallPlaced(), event.getTraceparent());
            case NUMBER_DIALLED ->
                    new AcdEvent.NumberDialled(
                            stamp,
                            call,
                            new LegId(acd.getNumberDialled().getLegId()),
                            Wording.time(acd.getNumberDialled().getRingsUntil()));
            case NUMBER_ANSWERED -> new AcdEvent.NumberAnswered(stamp, call);
            case CALL_ENDING -> ending(stamp, call, acd.getCallEnding());
            case CALL_MOVED ->
                    new AcdEvent.CallMoved(
                            stamp, call, new SipIngress(acd.getCallMoved().getSipIngress()));
            case CALL_RELEASED ->
                    new AcdEvent.CallReleased(
                            stamp, call, Wording.reason(acd.getCallReleased().getEndReason()));
            default -> throw new IllegalStateException("no event of a call");
        };
    }

    static AcdEvent.CallQueued queued(Stamp stamp, CallId call, CallQueued queued, String trace) {
        var caller =
                new Caller(
                        new LegId(queued.getLegId()),
                        new PartyNumber(queued.getCallerNumber()),
                        new PartyNumber(queued.getDialledNumber()),
                        queued.getAnswered(),
                        new SipIngress(queued.getSipIngress()),
                        queued.getAttributesMap());
        var target = target(queued);
        var music = new PlayId(queued.getPlayId());
        var forecast = ListeningForm.read(queued.hasForecast(), queued.getForecast());
        return new AcdEvent.CallQueued(stamp, call, caller, target, music, forecast, trace);
    }

    private static Optional<QueueId> queue(String id) {
        return id.isEmpty() ? Optional.empty() : Optional.of(new QueueId(id));
    }

    private static AcdEvent made(Stamp stamp, CallId call, OfferMade made) {
        var offer =
                new Offer(
                        new OfferId(made.getOfferId()),
                        new AgentId(made.getAgentId()),
                        rings(made, stamp),
                        stamp.at(),
                        Wording.duration(made.getRingTimeout()),
                        Wording.time(made.getExpiresAt()));
        return new AcdEvent.OfferMade(stamp, call, offer, queue(made.getQueueId()));
    }

    private static List<Ring> rings(OfferMade made, Stamp stamp) {
        // Before agents had several devices.
        if (made.getDevicesCount() == 0) {
            return List.of(Ring.now(new LegId(made.getLegId()), new PartyNumber(""), stamp.at()));
        }
        return made.getDevicesList().stream()
                .map(
                        device ->
                                new Ring(
                                        new LegId(device.getLegId()),
                                        new PartyNumber(device.getAddress()),
                                        Wording.time(device.getRingsAt()),
                                        device.getRung(),
                                        device.getEnd() == OfferEnd.OFFER_END_UNSPECIFIED
                                                ? Optional.empty()
                                                : Optional.of(end(device.getEnd()))))
                .toList();
    }

    private static AcdEvent ended(Stamp stamp, CallId call, OfferEnded ended) {
        var othersFirst =
                ended.hasOthersFirstUntil()
                        ? Optional.of(Wording.time(ended.getOthersFirstUntil()))
                        : Optional.<Instant>empty();
        return new AcdEvent.OfferEnded(
                stamp,
                call,
                new OfferId(ended.getOfferId()),
                new AgentId(ended.getAgentId()),
                end(ended.getEnd()),
                othersFirst);
    }

    private static Offer.End end(OfferEnd end) {
        return switch (end) {
            case OFFER_END_NO_ANSWER -> Offer.End.NO_ANSWER;
            case OFFER_END_REJECTED -> Offer.End.REJECTED;
            case OFFER_END_UNREACHABLE -> Offer.End.UNREACHABLE;
            case OFFER_END_ABANDONED -> Offer.End.ABANDONED;
            case OFFER_END_ANSWERED_ELSEWHERE -> Offer.End.ANSWERED_ELSEWHERE;
            case OFFER_END_WITHDRAWN, OFFER_END_UNSPECIFIED, UNRECOGNIZED -> Offer.End.WITHDRAWN;
        };
    }

    private static AcdEvent.CallDequeued.Cause cause(DequeueCause cause) {
        return switch (cause) {
            case DEQUEUE_CAUSE_ANSWERED -> AcdEvent.CallDequeued.Cause.ANSWERED;
            case DEQUEUE_CAUSE_ABANDONED -> AcdEvent.CallDequeued.Cause.ABANDONED;
            case DEQUEUE_CAUSE_OVERFLOW -> AcdEvent.CallDequeued.Cause.OVERFLOW;
            case DEQUEUE_CAUSE_CALLBACK_PROMISED -> AcdEvent.CallDequeued.Cause.CALLBACK_PROMISED;
            case DEQUEUE_CAUSE_FAILED, DEQUEUE_CAUSE_UNSPECIFIED, UNRECOGNIZED ->
                    AcdEvent.CallDequeued.Cause.FAILED;
        };
    }

    private static AcdEvent placed(Stamp stamp, CallId call, CallPlaced placed, String trace) {
        var plan =
                new Plan(
                        new PartyNumber(placed.getExtension()),
                        new LegId(placed.getAgentLegId()),
                        new PartyNumber(placed.getNumber()),
                        new PartyNumber(placed.getCallerNumber()),
                        new PlayId(placed.getPlayId()));
        var placing =
                new AcdEvent.CallPlaced.Placing(
                        plan,
                        new SipIngress(placed.getSipIngress()),
                        Wording.time(placed.getRingsUntil()),
                        trace);
        return new AcdEvent.CallPlaced(stamp, call, new AgentId(placed.getAgentId()), placing);
    }

    private static AcdEvent ending(Stamp stamp, CallId call, CallEnding ending) {
        var told =
                ending.hasToldUntil()
                        ? Optional.of(Wording.time(ending.getToldUntil()))
                        : Optional.<Instant>empty();
        return new AcdEvent.CallEnding(
                stamp,
                call,
                Wording.reason(ending.getEndReason()),
                told,
                ending.getCallerThere(),
                Wording.time(ending.getForgottenAt()));
    }
}
