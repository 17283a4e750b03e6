// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

import com.google.protobuf.Timestamp;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.panacall.defaults.ProtoTimes;
import org.panacall.proto.acd.v1.AcdEvent;
import org.panacall.proto.acd.v1.CallbackChanged;
import org.panacall.proto.acd.v1.CallbackState;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.ivr.v1.IvrEvent;
import org.panacall.proto.sipingress.v1.LegFinished;
import org.panacall.proto.sipingress.v1.LegStarted;
import org.panacall.proto.sipingress.v1.SipIngressEvent;
import org.panacall.reporting.events.Entities;

/**
 * What a batch of events says about calls, as statements and their values. Statements commute and
 * can be repeated, so the facts of a batch are grouped by statement and nobody counts events.
 */
final class CallFacts {

    private final Map<Fact, List<Tuple>> facts = new EnumMap<>(Fact.class);

    /** In one order for all writers, else their locks would block each other for ever. */
    private final TreeMap<String, Tuple> calls = new TreeMap<>();

    private final Set<List<String>> legs = new LinkedHashSet<>();

    /** Facts in the order they are to be written: rows before what stands in them. */
    Map<Fact, List<Tuple>> facts() {
        facts.put(Fact.CALL_KNOWN, List.copyOf(calls.values()));
        if (!legs.isEmpty()) {
            facts.put(
                    Fact.LEG_KNOWN,
                    legs.stream().map(leg -> Tuple.of(leg.getFirst(), leg.getLast())).toList());
        }
        return facts;
    }

    /** The calls that the facts are about. */
    List<String> calls() {
        return List.copyOf(calls.keySet());
    }

    void add(Event event) {
        switch (event.getPayloadCase()) {
            case SIP_INGRESS -> add(event, event.getSipIngress());
            case IVR -> add(event, event.getIvr());
            case ACD -> add(event, event.getAcd());
            case RECORDINGS, PAYLOAD_NOT_SET -> {
                // A newer service's event: its facts are for a newer reporting.
            }
        }
    }

    private void add(Event event, SipIngressEvent told) {
        var call = event.getEntityId();
        var at = time(event.getAt());
        switch (told.getEventCase()) {
            case CALL_STARTED -> {
                var start = told.getCallStarted();
                known(event);
                add(
                        Fact.CALL_STARTED,
                        Tuple.of(call, Words.of(start.getDirection()))
                                .addString(text(start.getFromNumber()))
                                .addString(text(start.getToNumber()))
                                .addString(text(start.getCarrier()))
                                .addString(text(start.getOrigin()))
                                .addString(text(start.getInvitation()))
                                .addOffsetDateTime(
                                        start.hasReceivedAt()
                                                ? time(start.getReceivedAt())
                                                : null));
            }
            case LEG_STARTED -> legStarted(event, told.getLegStarted());
            case LEG_CONNECTED -> {
                var leg = told.getLegConnected();
                known(event, leg.getLegId());
                add(Fact.LEG_CONNECTED, Tuple.of(call, leg.getLegId(), leg.getCodec(), at));
                add(Fact.CALL_ANSWERED, Tuple.of(call, at));
            }
            case LEGS_JOINED -> {
                for (var leg : told.getLegsJoined().getLegIdsList()) {
                    known(event, leg);
                    add(Fact.LEG_JOINED, Tuple.of(call, leg, at));
                }
                add(Fact.TALK_STARTED, Tuple.of(call, at));
            }
            case LEG_FINISHED -> legFinished(event, told.getLegFinished());
            case CALL_FINISHED -> {
                var finish = told.getCallFinished();
                var endedAt = finish.hasEndedAt() ? time(finish.getEndedAt()) : at;
                known(event);
                add(Fact.CALL_FINISHED, ended(Tuple.of(call, endedAt), finish.getEndReason()));
            }
            default -> known(event);
        }
    }

    private void legStarted(Event event, LegStarted leg) {
        known(event, leg.getLegId());
        add(
                Fact.LEG_STARTED,
                Tuple.of(event.getEntityId(), leg.getLegId(), time(event.getAt()))
                        .addString(Words.of(leg.getRole()))
                        .addString(Words.of(leg.getDirection()))
                        .addString(text(leg.getParty()))
                        .addString(text(leg.getAgentId())));
    }

    private void legFinished(Event event, LegFinished leg) {
        known(event, leg.getLegId());
        var endedAt = time(leg.hasEndedAt() ? leg.getEndedAt() : event.getAt());
        var values = Tuple.of(event.getEntityId(), leg.getLegId(), endedAt);
        add(
                Fact.LEG_FINISHED,
                ended(values, leg.getEndReason())
                        .addInteger(leg.getSipStatus())
                        .addLong(leg.getQuality().getPacketsReceived())
                        .addLong(leg.getQuality().getPacketsLost())
                        .addDouble(leg.getQuality().getJitterMs())
                        .addDouble(leg.getQuality().getMos()));
    }

    private void add(Event event, IvrEvent told) {
        known(event);
        if (told.hasFlowStarted()) {
            add(
                    Fact.FLOW_STARTED,
                    Tuple.of(
                            event.getEntityId(),
                            text(told.getFlowStarted().getFlowId()),
                            time(event.getAt())));
        } else if (told.hasRecordingNoticePlayed()) {
            var notice = told.getRecordingNoticePlayed();
            add(
                    Fact.NOTICE_PLAYED,
                    Tuple.of(event.getEntityId(), time(event.getAt()))
                            .addString(text(notice.getLanguage()))
                            .addString(text(notice.getPrompts()))
                            .addLong(notice.getFlowVersion()));
        }
        if (told.hasCallRated()) {
            add(
                    Fact.CALL_RATED,
                    Tuple.of(
                            event.getEntityId(),
                            told.getCallRated().getRating(),
                            time(event.getAt())));
        }
    }

    private void add(Event event, AcdEvent told) {
        var call = event.getEntityId();
        var at = time(event.getAt());
        switch (told.getEventCase()) {
            case CALL_QUEUED -> {
                known(event);
                add(Fact.CALL_QUEUED, Tuple.of(call, text(told.getCallQueued().getQueueId()), at));
            }
            case CALL_DEQUEUED -> {
                known(event);
                var end = Words.of(told.getCallDequeued().getCause());
                add(Fact.CALL_DEQUEUED, Tuple.of(call, at, end));
            }
            case OFFER_ACCEPTED -> {
                var agent = told.getOfferAccepted().getAgentId();
                if (!Entities.isCallback(call) && !Entities.isOutside(agent)) {
                    known(event);
                    add(Fact.OFFER_ACCEPTED, Tuple.of(call, text(agent), at));
                }
            }
            case CALLBACK_CHANGED -> calledBack(event, told.getCallbackChanged());
            // Of agents and leaders, or told by sip-ingress too.
            default -> {}
        }
    }

    /** What an agent took in a patient's place goes on in a call of its own. */
    private void calledBack(Event event, CallbackChanged callback) {
        if (callback.getState() == CallbackState.CALLBACK_STATE_AT_AGENT) {
            var call = callback.getCallId();
            var at = time(event.getAt());
            known(event.toBuilder().setEntityId(call).build());
            add(Fact.OFFER_ACCEPTED, Tuple.of(call, text(callback.getAgentId()), at));
            add(Fact.CALLED_BACK, Tuple.of(call, text(callback.getCall().getQueueId())));
        }
    }

    private void known(Event event) {
        if (event.getEntityId().isEmpty()) {
            throw new IllegalArgumentException("an event without entity_id");
        }
        calls.merge(
                event.getEntityId(),
                Tuple.of(event.getEntityId(), event.getTenantId(), time(event.getAt())),
                (one, other) -> at(other).isBefore(at(one)) ? other : one);
    }

    private static OffsetDateTime at(Tuple known) {
        return known.getOffsetDateTime(2);
    }

    private void known(Event event, String legId) {
        known(event);
        legs.add(List.of(event.getEntityId(), legId));
    }

    private void add(Fact fact, Tuple values) {
        facts.computeIfAbsent(fact, unused -> new ArrayList<>()).add(values);
    }

    private static Tuple ended(Tuple values, EndReason end) {
        return values.addString(Words.of(end.getFault())).addString(text(end.getReason()));
    }

    /** PostgreSQL has no NUL in texts. */
    private static String text(String told) {
        return told.replace("\0", "");
    }

    static OffsetDateTime time(Timestamp at) {
        return ProtoTimes.instant(at).atOffset(ZoneOffset.UTC);
    }
}
