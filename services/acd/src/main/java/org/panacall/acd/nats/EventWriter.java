// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.proto.acd.v1.AgentOverdue;
import org.panacall.proto.acd.v1.AgentRemoved;
import org.panacall.proto.acd.v1.CallDequeued;
import org.panacall.proto.acd.v1.CallEnding;
import org.panacall.proto.acd.v1.CallMoved;
import org.panacall.proto.acd.v1.CallPlaced;
import org.panacall.proto.acd.v1.CallQueued;
import org.panacall.proto.acd.v1.CallReleased;
import org.panacall.proto.acd.v1.CallReturned;
import org.panacall.proto.acd.v1.DequeueCause;
import org.panacall.proto.acd.v1.DeviceEnded;
import org.panacall.proto.acd.v1.DeviceRung;
import org.panacall.proto.acd.v1.LeaderElected;
import org.panacall.proto.acd.v1.NumberAnswered;
import org.panacall.proto.acd.v1.NumberDialled;
import org.panacall.proto.acd.v1.OfferAccepted;
import org.panacall.proto.acd.v1.OfferEnd;
import org.panacall.proto.acd.v1.OfferEnded;
import org.panacall.proto.acd.v1.OfferMade;
import org.panacall.proto.acd.v1.RegistrationRenewed;
import org.panacall.proto.acd.v1.RungDevice;

/** Core events as messages. */
final class EventWriter {

    private EventWriter() {}

    static org.panacall.proto.acd.v1.AcdEvent write(AcdEvent event) {
        var message = org.panacall.proto.acd.v1.AcdEvent.newBuilder();
        switch (event) {
            case AcdEvent.LeaderElected elected ->
                    message.setLeaderElected(
                            LeaderElected.newBuilder()
                                    .setEpoch(elected.epoch())
                                    .setInstance(elected.instance()));
            case AcdEvent.CallQueued queued -> message.setCallQueued(queued(queued));
            case AcdEvent.OfferMade made -> message.setOfferMade(made(made));
            case AcdEvent.OfferAccepted accepted -> message.setOfferAccepted(accepted(accepted));
            case AcdEvent.OfferEnded ended -> message.setOfferEnded(ended(ended));
            case AcdEvent.DeviceRung rung ->
                    message.setDeviceRung(
                            DeviceRung.newBuilder()
                                    .setAgentId(rung.agent().value())
                                    .setLegId(rung.leg().value()));
            case AcdEvent.DeviceEnded ended ->
                    message.setDeviceEnded(
                            DeviceEnded.newBuilder()
                                    .setAgentId(ended.agent().value())
                                    .setLegId(ended.leg().value())
                                    .setEnd(end(ended.end())));
            case AcdEvent.CallOverflowed overflowed ->
                    message.setCallOverflowed(OverflowForm.write(overflowed));
            case AcdEvent.CallTold told -> message.setCallTold(OverflowForm.write(told));
            case AcdEvent.CallReturned returned -> message.setCallReturned(returned(returned));
            case AcdEvent.CallDequeued dequeued ->
                    message.setCallDequeued(
                            CallDequeued.newBuilder()
                                    .setQueueId(dequeued.queue().map(QueueId::value).orElse(""))
                                    .setCause(cause(dequeued.cause())));
            case AcdEvent.CallPlaced placed -> message.setCallPlaced(placed(placed));
            case AcdEvent.NumberDialled dialled ->
                    message.setNumberDialled(
                            NumberDialled.newBuilder()
                                    .setLegId(dialled.leg().value())
                                    .setRingsUntil(Wording.time(dialled.ringsUntil())));
            case AcdEvent.NumberAnswered answered ->
                    message.setNumberAnswered(NumberAnswered.getDefaultInstance());
            case AcdEvent.CallEnding ending -> message.setCallEnding(ending(ending));
            case AcdEvent.CallMoved moved ->
                    message.setCallMoved(
                            CallMoved.newBuilder().setSipIngress(moved.sipIngress().address()));
            case AcdEvent.CallReleased released ->
                    message.setCallReleased(
                            CallReleased.newBuilder()
                                    .setEndReason(Wording.reason(released.reason())));
            case AcdEvent.TermsChanged changed ->
                    message.setTermsChanged(TermsForm.write(changed.terms()));
            case AcdEvent.ListeningChanged changed ->
                    message.setListeningChanged(ListeningForm.write(changed.next()));
            case AcdEvent.CallbackChanged changed ->
                    message.setCallbackChanged(CallbackForm.write(changed.next()));
            case AcdEvent.CallbackEnded ended ->
                    message.setCallbackEnded(CallbackForm.write(ended));
            case AcdEvent.AgentChanged changed ->
                    message.setAgentChanged(AgentForm.write(changed.next()));
            case AcdEvent.RegistrationRenewed renewed ->
                    message.setRegistrationRenewed(
                            RegistrationRenewed.newBuilder()
                                    .setDevice(renewed.device().map(Extension::value).orElse(""))
                                    .setRegisteredUntil(Wording.time(renewed.until())));
            case AcdEvent.AgentOverdue overdue ->
                    message.setAgentOverdue(
                            AgentOverdue.newBuilder()
                                    .setReason(overdue.reason())
                                    .setInShift(overdue.inShift()));
            case AcdEvent.AgentRemoved removed ->
                    message.setAgentRemoved(AgentRemoved.getDefaultInstance());
        }
        return message.build();
    }

    static CallQueued queued(AcdEvent.CallQueued queued) {
        var caller = queued.caller();
        var message =
                CallQueued.newBuilder()
                        .setLegId(caller.leg().value())
                        .setCallerNumber(caller.number().value())
                        .setDialledNumber(caller.dialled().value())
                        .setSipIngress(caller.sipIngress().address())
                        .putAllAttributes(caller.attributes())
                        .setAnswered(caller.answered())
                        .setPlayId(queued.music().value());
        if (queued.forecast().known()) {
            message.setForecast(ListeningForm.write(queued.forecast()));
        }
        switch (queued.target()) {
            case Target.ToQueue(var queue) -> message.setQueueId(queue.value());
            case Target.ToPerson(var person, var extension, var fallback, var terms) ->
                    message.setPersonId(person.value())
                            .setExtension(extension.value())
                            .setFallbackQueueId(fallback.map(QueueId::value).orElse(""))
                            .setTerms(Wording.terms(terms));
            case Target.ToGroup(var group, var fallback, var terms) ->
                    message.setGroup(Wording.group(group))
                            .setFallbackQueueId(fallback.map(QueueId::value).orElse(""))
                            .setTerms(Wording.terms(terms));
            case Target.ToNumber(var number, var fallback, var terms) ->
                    message.setNumber(number.value())
                            .setFallbackQueueId(fallback.map(QueueId::value).orElse(""))
                            .setTerms(Wording.terms(terms));
        }
        return message.build();
    }

    static OfferMade made(AcdEvent.OfferMade made) {
        var offer = made.offer();
        return OfferMade.newBuilder()
                .setOfferId(offer.id().value())
                .setAgentId(offer.agent().value())
                .setLegId(offer.rings().getFirst().leg().value())
                .addAllDevices(offer.rings().stream().map(EventWriter::device).toList())
                .setExpiresAt(Wording.time(offer.expiresAt()))
                .setQueueId(made.queue().map(QueueId::value).orElse(""))
                .setRingTimeout(Wording.duration(offer.ringTimeout()))
                .build();
    }

    private static RungDevice device(Offer.Ring ring) {
        return RungDevice.newBuilder()
                .setLegId(ring.leg().value())
                .setAddress(ring.device().value())
                .setRingsAt(Wording.time(ring.at()))
                .setRung(ring.rung())
                .setEnd(ring.end().map(EventWriter::end).orElse(OfferEnd.OFFER_END_UNSPECIFIED))
                .build();
    }

    private static OfferAccepted accepted(AcdEvent.OfferAccepted accepted) {
        return OfferAccepted.newBuilder()
                .setOfferId(accepted.offer().value())
                .setAgentId(accepted.agent().value())
                .setLegId(accepted.leg().map(LegId::value).orElse(""))
                .build();
    }

    private static OfferEnded ended(AcdEvent.OfferEnded ended) {
        var message =
                OfferEnded.newBuilder()
                        .setOfferId(ended.offer().value())
                        .setAgentId(ended.agent().value())
                        .setEnd(end(ended.end()));
        ended.othersFirst().map(Wording::time).ifPresent(message::setOthersFirstUntil);
        return message.build();
    }

    private static CallReturned returned(AcdEvent.CallReturned returned) {
        return CallReturned.newBuilder()
                .setAgentId(returned.agent().value())
                .setOthersFirstUntil(Wording.time(returned.othersFirst()))
                .build();
    }

    private static OfferEnd end(Offer.End end) {
        return switch (end) {
            case NO_ANSWER -> OfferEnd.OFFER_END_NO_ANSWER;
            case REJECTED -> OfferEnd.OFFER_END_REJECTED;
            case UNREACHABLE -> OfferEnd.OFFER_END_UNREACHABLE;
            case ABANDONED -> OfferEnd.OFFER_END_ABANDONED;
            case WITHDRAWN -> OfferEnd.OFFER_END_WITHDRAWN;
            case ANSWERED_ELSEWHERE -> OfferEnd.OFFER_END_ANSWERED_ELSEWHERE;
        };
    }

    private static DequeueCause cause(AcdEvent.CallDequeued.Cause cause) {
        return switch (cause) {
            case ANSWERED -> DequeueCause.DEQUEUE_CAUSE_ANSWERED;
            case ABANDONED -> DequeueCause.DEQUEUE_CAUSE_ABANDONED;
            case OVERFLOW -> DequeueCause.DEQUEUE_CAUSE_OVERFLOW;
            case FAILED -> DequeueCause.DEQUEUE_CAUSE_FAILED;
            case CALLBACK_PROMISED -> DequeueCause.DEQUEUE_CAUSE_CALLBACK_PROMISED;
        };
    }

    static CallPlaced placed(AcdEvent.CallPlaced placed) {
        var plan = placed.placing().plan();
        return CallPlaced.newBuilder()
                .setAgentId(placed.agent().value())
                .setExtension(plan.device().value())
                .setNumber(plan.number().value())
                .setAgentLegId(plan.agentLeg().value())
                .setSipIngress(placed.placing().sipIngress().address())
                .setCallerNumber(plan.shown().value())
                .setPlayId(plan.ringBack().value())
                .setRingsUntil(Wording.time(placed.placing().ringsUntil()))
                .build();
    }

    private static CallEnding ending(AcdEvent.CallEnding ending) {
        var message =
                CallEnding.newBuilder()
                        .setEndReason(Wording.reason(ending.reason()))
                        .setCallerThere(ending.callerThere())
                        .setForgottenAt(Wording.time(ending.forgottenAt()));
        ending.toldUntil().map(Wording::time).ifPresent(message::setToldUntil);
        return message.build();
    }
}
