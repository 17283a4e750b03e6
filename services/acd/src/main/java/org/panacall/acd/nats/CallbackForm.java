// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.call.Place;
import org.panacall.acd.core.call.Target;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.wait.Forecast;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.Callback.State.Apologising.Part;
import org.panacall.proto.acd.v1.CallbackChanged;
import org.panacall.proto.acd.v1.CallbackEnd;
import org.panacall.proto.acd.v1.CallbackEnded;
import org.panacall.proto.acd.v1.CallbackState;

/** A promise to call back, as a message and back. */
final class CallbackForm {

    private CallbackForm() {}

    static CallbackChanged write(Callback callback) {
        var terms = callback.terms();
        var message =
                CallbackChanged.newBuilder()
                        .setCall(EventWriter.queued(call(callback)))
                        .setQueuedAt(Wording.time(callback.place().since()))
                        .setArrival(callback.place().arrival())
                        .setPromisedAt(Wording.time(terms.since()))
                        .setExpiresAt(Wording.time(terms.expiresAt()))
                        .setAutomatic(terms.automatic())
                        .setAttempts(callback.attempts());
        switch (callback.state()) {
            case Callback.State.InLine inLine ->
                    message.setState(CallbackState.CALLBACK_STATE_IN_LINE);
            case Callback.State.AtAgent(var call, var agent) ->
                    message.setState(CallbackState.CALLBACK_STATE_AT_AGENT)
                            .setCallId(call.value())
                            .setAgentId(agent.value());
            case Callback.State.Resting(var until) ->
                    message.setState(CallbackState.CALLBACK_STATE_RESTING)
                            .setUntil(Wording.time(until));
            case Callback.State.Apologising(var call, var leg, var part, var until) ->
                    message.setState(CallbackState.CALLBACK_STATE_APOLOGISING)
                            .setCallId(call.value())
                            .setLegId(leg.value())
                            .setAnswered(part != Part.RINGING)
                            .setLeavesMessage(part == Part.MESSAGE)
                            .setUntil(Wording.time(until));
        }
        return message.build();
    }

    /** The call that it came from, as if it were queued now. */
    private static AcdEvent.CallQueued call(Callback callback) {
        return new AcdEvent.CallQueued(
                new Stamp(Instant.EPOCH, 0),
                callback.standIn(),
                callback.caller(),
                new Target.ToQueue(callback.queue()),
                callback.place().music(),
                Forecast.NONE,
                "");
    }

    static Callback read(CallbackId id, long sequence, CallbackChanged message) {
        var stamp = new Stamp(Wording.time(message.getQueuedAt()), 0);
        var call = EventReader.queued(stamp, new CallId(id.value()), message.getCall(), "");
        return new Callback(
                id,
                ((Target.ToQueue) call.target()).queue(),
                call.caller(),
                new Place(stamp.at(), message.getArrival(), call.music()),
                new Callback.Terms(
                        Wording.time(message.getPromisedAt()),
                        Wording.time(message.getExpiresAt()),
                        message.getAutomatic()),
                message.getAttempts(),
                state(message),
                sequence);
    }

    private static Callback.State state(CallbackChanged message) {
        return switch (message.getState()) {
            case CALLBACK_STATE_IN_LINE -> new Callback.State.InLine();
            case CALLBACK_STATE_AT_AGENT ->
                    new Callback.State.AtAgent(
                            new CallId(message.getCallId()), new AgentId(message.getAgentId()));
            case CALLBACK_STATE_RESTING ->
                    new Callback.State.Resting(Wording.time(message.getUntil()));
            case CALLBACK_STATE_APOLOGISING ->
                    new Callback.State.Apologising(
                            new CallId(message.getCallId()),
                            new LegId(message.getLegId()),
                            part(message),
                            Wording.time(message.getUntil()));
            case CALLBACK_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalStateException("the journal holds a callback of the future");
        };
    }

    private static Part part(CallbackChanged message) {
        if (message.getLeavesMessage()) {
            return Part.MESSAGE;
        }
        return message.getAnswered() ? Part.TELLING : Part.RINGING;
    }

    static CallbackEnded write(AcdEvent.CallbackEnded ended) {
        return CallbackEnded.newBuilder()
                .setEnd(
                        switch (ended.end()) {
                            case REACHED -> CallbackEnd.CALLBACK_END_REACHED;
                            case EXPIRED -> CallbackEnd.CALLBACK_END_EXPIRED;
                            case NOT_REACHED -> CallbackEnd.CALLBACK_END_NOT_REACHED;
                            case RANG_AGAIN -> CallbackEnd.CALLBACK_END_RANG_AGAIN;
                            case QUEUE_GONE -> CallbackEnd.CALLBACK_END_QUEUE_GONE;
                            case CANCELLED -> CallbackEnd.CALLBACK_END_CANCELLED;
                        })
                .setHeirCallId(ended.heir().map(CallId::value).orElse(""))
                .build();
    }

    static AcdEvent.CallbackEnded read(Stamp stamp, CallbackId id, CallbackEnded message) {
        var end =
                switch (message.getEnd()) {
                    case CALLBACK_END_REACHED -> Callback.End.REACHED;
                    case CALLBACK_END_EXPIRED -> Callback.End.EXPIRED;
                    case CALLBACK_END_NOT_REACHED -> Callback.End.NOT_REACHED;
                    case CALLBACK_END_RANG_AGAIN -> Callback.End.RANG_AGAIN;
                    case CALLBACK_END_QUEUE_GONE -> Callback.End.QUEUE_GONE;
                    case CALLBACK_END_CANCELLED -> Callback.End.CANCELLED;
                    case CALLBACK_END_UNSPECIFIED, UNRECOGNIZED ->
                            throw new IllegalStateException("an end from the future");
                };
        var heir =
                message.getHeirCallId().isEmpty()
                        ? Optional.<CallId>empty()
                        : Optional.of(new CallId(message.getHeirCallId()));
        return new AcdEvent.CallbackEnded(stamp, id, end, heir);
    }
}
