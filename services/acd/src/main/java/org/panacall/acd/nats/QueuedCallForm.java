// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
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
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Overflow.Followed;
import org.panacall.acd.core.rules.Why;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.proto.acd.v1.CallOverflowed;
import org.panacall.proto.acd.v1.KeptOffer;
import org.panacall.proto.acd.v1.KeptQueuedCall;
import org.panacall.proto.acd.v1.Leaving;
import org.panacall.proto.acd.v1.OfferMade;
import org.panacall.proto.acd.v1.Talking;

/** A call in a queue as a message of a snapshot, in the words of its events, and back. */
final class QueuedCallForm {

    private static final Followed NOTHING = new Followed(Why.UNREACHABLE, List.of(), false);

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
                        .setOverflow(OverflowForm.write(call.overflow()))
                        .setSince(Wording.time(call.since()));
        call.missed()
                .forEach(
                        (agent, missed) -> {
                            kept.putMissed(agent.value(), Wording.time(missed.othersFirst()));
                            kept.putTimesMissed(agent.value(), missed.times());
                        });
        state(call, kept);
        return kept.build();
    }

    private static void state(QueuedCall call, KeptQueuedCall.Builder kept) {
        switch (call.state()) {
            case QueuedCall.State.Waiting waiting -> {}
            case QueuedCall.State.Offered offered ->
                    call.offers().forEach(offer -> kept.addOffers(write(call, offer)));
            case QueuedCall.State.Talking talking ->
                    kept.setTalking(talking(talking.leg()).setAgentId(talking.agent().value()));
            case QueuedCall.State.Dialled(var leg, var number, var since, var until) ->
                    kept.setDialled(write(call, number, Optional.of(leg), until));
            case QueuedCall.State.HandedOver(var to, var since, var until) ->
                    kept.setHandedOver(write(call, to, Optional.empty(), until));
            case QueuedCall.State.Forwarded forwarded ->
                    kept.setForwarded(talking(forwarded.leg()));
            case QueuedCall.State.Told(var reason, var since, var until) -> {
                var stamp = new Stamp(since, call.sequence());
                var told = new AcdEvent.CallTold(stamp, call.id(), reason, until);
                kept.setTold(OverflowForm.write(told));
            }
            case QueuedCall.State.Leaving leaving ->
                    kept.setLeaving(
                            Leaving.newBuilder()
                                    .setTalked(leaving.talked())
                                    .setForgottenAt(Wording.time(leaving.forgottenAt()))
                                    .setCallerThere(leaving.callerThere()));
        }
    }

    private static Talking.Builder talking(LegId leg) {
        return Talking.newBuilder().setLegId(leg.value());
    }

    private static CallOverflowed write(
            QueuedCall call, Action action, Optional<LegId> leg, Instant until) {
        var ringing = new AcdEvent.CallOverflowed.Ringing(leg, until);
        var stamp = new Stamp(call.since(), call.sequence());
        return OverflowForm.write(
                new AcdEvent.CallOverflowed(
                        stamp, call.id(), Optional.empty(), action, NOTHING, ringing));
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
        var event = KeptForm.event(kept.getCallId(), kept.getSequence(), kept.getQueuedAt());
        event.getAcdBuilder().setCallQueued(kept.getQueued());
        var queued = (AcdEvent.CallQueued) EventReader.read(event.build());
        var missed = new TreeMap<AgentId, Missed>();
        kept.getMissedMap()
                .forEach(
                        (agent, at) -> {
                            var times = kept.getTimesMissedOrDefault(agent, 1);
                            missed.put(new AgentId(agent), new Missed(times, Wording.time(at)));
                        });
        return new QueuedCall(
                queued.call(),
                queued.caller(),
                queued.target(),
                new Place(queued.stamp().at(), kept.getArrival(), queued.music()),
                missed,
                OverflowForm.read(kept.getOverflow()),
                state(kept, queued),
                kept.getSequence());
    }

    private static QueuedCall.State state(KeptQueuedCall kept, AcdEvent.CallQueued queued) {
        var since = Wording.time(kept.getSince());
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
            case DIALLED -> {
                var event = overflowed(queued, kept.getDialled());
                yield new QueuedCall.State.Dialled(
                        event.ringing().leg().orElseThrow(),
                        (Action.ToNumber) event.action(),
                        since,
                        event.ringing().until());
            }
            case HANDED_OVER -> {
                var event = overflowed(queued, kept.getHandedOver());
                yield new QueuedCall.State.HandedOver(
                        event.action(), since, event.ringing().until());
            }
            case FORWARDED ->
                    new QueuedCall.State.Forwarded(
                            new LegId(kept.getForwarded().getLegId()), since);
            case TOLD -> {
                var told = OverflowForm.read(queued.stamp(), queued.call(), kept.getTold());
                yield new QueuedCall.State.Told(told.reason(), since, told.until());
            }
            case LEAVING ->
                    new QueuedCall.State.Leaving(
                            kept.getLeaving().getTalked(),
                            kept.getLeaving().getCallerThere(),
                            since,
                            Wording.time(kept.getLeaving().getForgottenAt()));
        };
    }

    private static AcdEvent.CallOverflowed overflowed(
            AcdEvent.CallQueued queued, CallOverflowed told) {
        return OverflowForm.read(queued.stamp(), queued.call(), told);
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
        var event = KeptForm.event(kept.getCallId(), kept.getSequence(), at);
        event.getAcdBuilder().setOfferMade(made);
        return ((AcdEvent.OfferMade) EventReader.read(event.build())).offer();
    }
}
