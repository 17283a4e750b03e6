// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.call.Missed;
import org.panacall.acd.core.call.Offer;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.proto.acd.v1.KeptOffer;
import org.panacall.proto.acd.v1.KeptQueuedCall;
import org.panacall.proto.acd.v1.Leaving;
import org.panacall.proto.acd.v1.OfferMade;
import org.panacall.proto.acd.v1.Talking;
import org.panacall.proto.event.v1.Event;

/** A call in a queue as a message of a snapshot, in the words of its events, and back. */
final class QueuedCallForm {

    private QueuedCallForm() {}

    static KeptQueuedCall write(QueuedCall call) {
        var place = call.place();
        var queued =
                new AcdEvent.CallQueued(
                        new Stamp(place.since(), call.sequence()),
                        call.id(),
                        call.caller(),
                        call.target(),
                        place.music(),
                        Forecast.NONE,
                        "");
        var kept =
                KeptQueuedCall.newBuilder()
                        .setCallId(call.id().value())
                        .setSequence(call.sequence())
                        .setQueued(EventWriter.queued(queued))
                        .setQueuedAt(Wording.time(place.since()))
                        .setArrival(place.arrival())
                        .setSince(Wording.time(call.since()));
        call.missed()
                .forEach(
                        (agent, missed) -> {
                            kept.putMissed(agent.value(), Wording.time(missed.othersFirst()));
                            kept.putTimesMissed(agent.value(), missed.times());
                        });
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting -> {}
            case QueuedCall.State.Offered offered ->
                    call.offers().forEach(offer -> kept.addOffers(write(call, offer)));
            case QueuedCall.State.Talking talking ->
                    kept.setTalking(
                            Talking.newBuilder()
                                    .setLegId(talking.leg().value())
                                    .setAgentId(talking.agent().value()));
            case QueuedCall.State.Leaving leaving ->
                    kept.setLeaving(
                            Leaving.newBuilder()
                                    .setTalked(leaving.talked())
                                    .setCallerThere(leaving.callerThere())
                                    .setForgottenAt(Wording.time(leaving.forgottenAt())));
        }
        return kept.build();
    }

    private static KeptOffer write(QueuedCall call, Offer offer) {
        var stamp = new Stamp(offer.since(), call.sequence());
        var made = new AcdEvent.OfferMade(stamp, call.id(), offer, call.queue());
        return KeptOffer.newBuilder()
                .setMade(EventWriter.made(made))
                .setMadeAt(Wording.time(offer.since()))
                .build();
    }

    static QueuedCall read(KeptQueuedCall kept) {
        var event = event(kept.getCallId(), kept.getSequence(), kept.getQueuedAt());
        event.getAcdBuilder().setCallQueued(kept.getQueued());
        var queued = (AcdEvent.CallQueued) EventReader.read(event.build());
        var missed = new TreeMap<AgentId, Missed>();
        kept.getMissedMap()
                .forEach(
                        (agent, at) -> {
                            var times = kept.getTimesMissedOrDefault(agent, 1);
                            missed.put(new AgentId(agent), new Missed(times, time(at)));
                        });
        return new QueuedCall(
                queued.call(),
                queued.caller(),
                queued.target(),
                new Place(queued.stamp().at(), kept.getArrival(), queued.music()),
                missed,
                state(kept),
                kept.getSequence());
    }

    private static QueuedCall.State state(KeptQueuedCall kept) {
        var since = time(kept.getSince());
        return switch (kept.getStateCase()) {
            case STATE_NOT_SET ->
                    kept.getOffersCount() == 0
                            ? new QueuedCall.State.Waiting(since)
                            : new QueuedCall.State.Offered(offers(kept), since);
            case OFFERED -> {
                var offer = offer(kept, kept.getOffered(), kept.getSince());
                yield new QueuedCall.State.Offered(
                        new TreeMap<>(Map.of(offer.agent(), offer)), since);
            }
            case TALKING ->
                    new QueuedCall.State.Talking(
                            new AgentId(kept.getTalking().getAgentId()),
                            new LegId(kept.getTalking().getLegId()),
                            since);
            case LEAVING ->
                    new QueuedCall.State.Leaving(
                            kept.getLeaving().getTalked(),
                            kept.getLeaving().getCallerThere(),
                            since,
                            time(kept.getLeaving().getForgottenAt()));
        };
    }

    private static NavigableMap<AgentId, Offer> offers(KeptQueuedCall kept) {
        var offers = new TreeMap<AgentId, Offer>();
        for (var keptOffer : kept.getOffersList()) {
            var offer = offer(kept, keptOffer.getMade(), keptOffer.getMadeAt());
            offers.put(offer.agent(), offer);
        }
        return offers;
    }

    private static Offer offer(KeptQueuedCall kept, OfferMade made, Timestamp at) {
        var event = event(kept.getCallId(), kept.getSequence(), at);
        event.getAcdBuilder().setOfferMade(made);
        return ((AcdEvent.OfferMade) EventReader.read(event.build())).offer();
    }

    private static Event.Builder event(String call, long sequence, Timestamp at) {
        return Event.newBuilder().setEntityId(call).setEntitySequence(sequence).setAt(at);
    }

    private static Instant time(Timestamp at) {
        return Wording.time(at);
    }
}
