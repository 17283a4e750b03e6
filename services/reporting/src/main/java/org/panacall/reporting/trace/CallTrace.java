// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.trace;

import com.google.protobuf.Timestamp;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.panacall.proto.acd.v1.AcdEvent;
import org.panacall.proto.acd.v1.DequeueCause;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.ivr.v1.IvrEvent;
import org.panacall.proto.sipingress.v1.SipIngressEvent;
import org.panacall.reporting.trace.Spans.Owner;

/**
 * One call's trace, told by the events of all services in any order between services: the call, its
 * legs with ringing and talk, the flow's run and steps, waiting and offers, the record. One thread.
 */
final class CallTrace {

    private static final int TRACEPARENT_LENGTH = 55;
    private static final String RUN = "run";

    private final String call;
    private final Spans spans;
    private String traceparent = "";
    private String step = "";
    private String waiting = "";
    private Optional<Timestamp> overAt = Optional.empty();

    CallTrace(String call) {
        this.call = call;
        this.spans = new Spans(call);
    }

    /** Whether the call has ended; events of other services may still come. */
    boolean isOver() {
        return overAt.isPresent();
    }

    /** 32 hexadecimal digits, empty while no event has told it. */
    String traceId() {
        return traceparent.isEmpty() ? "" : traceparent.substring(3, 35);
    }

    void add(Owner owner, Event event) {
        if (traceparent.isEmpty() && event.getTraceparent().length() == TRACEPARENT_LENGTH) {
            traceparent = event.getTraceparent();
        }
        switch (event.getPayloadCase()) {
            case SIP_INGRESS -> sip(owner, event, event.getSipIngress());
            case IVR -> ivr(owner, event.getAt(), event.getIvr());
            case ACD -> acd(owner, event, event.getAcd());
            case RECORDINGS, PAYLOAD_NOT_SET -> {}
        }
    }

    /** The record was written for good. */
    void recorded(Owner owner, Timestamp from, Timestamp to) {
        spans.begin(owner, "record", "record written", "", from);
        spans.end("record", to);
    }

    List<ResourceSpans> build() {
        var root = traceparent.substring(36, 52);
        return spans.build(traceId(), root, overAt.orElseThrow());
    }

    private void sip(Owner owner, Event event, SipIngressEvent told) {
        var at = event.getAt();
        switch (told.getEventCase()) {
            case CALL_STARTED -> {
                spans.begin(owner, call, "call", "", at);
                spans.say(call, "panacall.call", call);
                spans.say(call, "panacall.tenant", event.getTenantId());
                spans.say(call, "panacall.origin", told.getCallStarted().getOrigin());
                spans.say(call, "panacall.carrier", told.getCallStarted().getCarrier());
            }
            case LEG_STARTED -> {
                var leg = told.getLegStarted();
                var role = word(leg.getRole().name(), "LEG_ROLE_");
                spans.begin(owner, leg.getLegId(), "leg of " + role, "", at);
                spans.say(leg.getLegId(), "panacall.leg", leg.getLegId());
                spans.say(leg.getLegId(), "panacall.agent", leg.getAgentId());
                spans.begin(owner, ringing(leg.getLegId()), "ringing", leg.getLegId(), at);
            }
            case LEG_CONNECTED -> {
                var leg = told.getLegConnected().getLegId();
                spans.end(ringing(leg), at);
                spans.say(leg, "panacall.codec", told.getLegConnected().getCodec());
            }
            case LEGS_JOINED -> {
                for (var leg : told.getLegsJoined().getLegIdsList()) {
                    spans.begin(owner, talk(leg), "talk", leg, at);
                }
            }
            case LEG_FINISHED -> {
                var leg = told.getLegFinished().getLegId();
                List.of(ringing(leg), talk(leg), leg).forEach(key -> spans.end(key, at));
                ended(leg, told.getLegFinished().getEndReason());
            }
            case CALL_FINISHED -> {
                spans.end(call, at);
                ended(call, told.getCallFinished().getEndReason());
                overAt = Optional.of(at);
            }
            default -> {}
        }
    }

    private void ivr(Owner owner, Timestamp at, IvrEvent told) {
        switch (told.getEventCase()) {
            case FLOW_STARTED -> {
                spans.begin(owner, RUN, "run", "", at);
                spans.say(RUN, "panacall.flow", told.getFlowStarted().getFlowId());
            }
            case STEP_ENTERED -> {
                // Not the exits: they are called like the keys pressed.
                var entered = told.getStepEntered();
                step = "step/" + entered.getStepId() + "#" + entered.getVisit();
                spans.begin(owner, step, "step", RUN, at);
                spans.say(step, "panacall.step", entered.getStepId());
            }
            case STEP_LEFT -> spans.end(step, at);
            case FLOW_FINISHED -> {
                spans.end(step, at);
                spans.end(RUN, at);
                var outcome = told.getFlowFinished().getOutcome().name();
                spans.say(RUN, "panacall.outcome", word(outcome, "FLOW_OUTCOME_"));
            }
            default -> {}
        }
    }

    private void acd(Owner owner, Event event, AcdEvent told) {
        var at = event.getAt();
        switch (told.getEventCase()) {
            case CALL_QUEUED -> {
                spans.end(waiting, at);
                waiting = "waiting/" + event.getEventId();
                spans.begin(owner, waiting, "waiting", "", at);
                spans.say(waiting, "panacall.queue", told.getCallQueued().getQueueId());
            }
            case OFFER_MADE -> {
                var offer = told.getOfferMade();
                var key = offer.getOfferId();
                spans.begin(owner, key, "offer", waiting, at);
                spans.say(key, "panacall.agent", offer.getAgentId());
                spans.say(key, "panacall.leg", offer.getLegId());
            }
            case OFFER_ACCEPTED -> {
                spans.say(told.getOfferAccepted().getOfferId(), "panacall.outcome", "accepted");
                spans.end(told.getOfferAccepted().getOfferId(), at);
            }
            case OFFER_ENDED -> {
                var offer = told.getOfferEnded();
                var end = word(offer.getEnd().name(), "OFFER_END_");
                spans.say(offer.getOfferId(), "panacall.outcome", end);
                spans.end(offer.getOfferId(), at);
            }
            case CALL_DEQUEUED -> {
                var cause = told.getCallDequeued().getCause();
                spans.say(waiting, "panacall.outcome", word(cause.name(), "DEQUEUE_CAUSE_"));
                if (cause == DequeueCause.DEQUEUE_CAUSE_FAILED) {
                    spans.failed(waiting);
                }
                spans.end(waiting, at);
            }
            default -> {}
        }
    }

    private void ended(String key, EndReason reason) {
        var fault = word(reason.getFault().name(), "FAULT_");
        spans.say(key, "panacall.end_reason", fault + "/" + reason.getReason());
        if (reason.getFault() == Fault.FAULT_US) {
            spans.failed(key);
        }
    }

    private static String ringing(String leg) {
        return leg + "/ringing";
    }

    private static String talk(String leg) {
        return leg + "/talk";
    }

    private static String word(String constant, String prefix) {
        return constant.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
