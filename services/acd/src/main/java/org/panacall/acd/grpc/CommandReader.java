// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.agent.Intent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.ExtendWrapUpRequest;
import org.panacall.proto.acd.v1.PlaceCallRequest;
import org.panacall.proto.acd.v1.SetAgentStateRequest;

/** Requests as commands; a malformed one is an IllegalArgumentException. */
final class CommandReader {

    private CommandReader() {}

    static AcdCommand.EnqueueCall read(EnqueueCallRequest request) {
        var caller =
                new Caller(
                        new LegId(request.getLegId()),
                        new PartyNumber(request.getCallerNumber()),
                        new PartyNumber(request.getDialledNumber()),
                        request.getAnswered(),
                        new SipIngress(request.getSipIngress()),
                        request.getAttributesMap());
        return new AcdCommand.EnqueueCall(
                new CallId(request.getCallId()),
                caller,
                destination(request),
                request.getTraceparent(),
                request.getLiveLegIdsList().stream().map(LegId::new).toList());
    }

    private static AcdCommand.Destination destination(EnqueueCallRequest request) {
        return switch (request.getTargetCase()) {
            case QUEUE_ID -> new AcdCommand.Destination.Queue(new QueueId(request.getQueueId()));
            case EXTENSION ->
                    new AcdCommand.Destination.Person(
                            new Extension(request.getExtension()),
                            fallback(request),
                            Wording.terms(request.getTerms()));
            case NUMBER ->
                    new AcdCommand.Destination.Number(
                            new PartyNumber(request.getNumber()),
                            fallback(request),
                            Wording.terms(request.getTerms()));
            case GROUP ->
                    new AcdCommand.Destination.RingGroup(
                            Wording.group(request.getGroup()),
                            fallback(request),
                            Wording.terms(request.getTerms()));
            case TARGET_NOT_SET -> throw new IllegalArgumentException("for whom is the call?");
        };
    }

    private static Optional<QueueId> fallback(EnqueueCallRequest request) {
        return request.getFallbackQueueId().isEmpty()
                ? Optional.empty()
                : Optional.of(new QueueId(request.getFallbackQueueId()));
    }

    static AcdCommand.PlaceCall read(PlaceCallRequest request) {
        if (request.getNumber().isEmpty()) {
            throw new IllegalArgumentException("which number is to be called?");
        }
        return new AcdCommand.PlaceCall(
                new CallId(request.getCallId()),
                new Extension(request.getExtension()),
                new PartyNumber(request.getNumber()),
                new SipIngress(request.getSipIngress()),
                request.getTraceparent());
    }

    static AcdCommand.SetAgentState read(SetAgentStateRequest request) {
        var intent =
                new Intent(
                        wish(request), request.getReady() ? "" : request.getReason(), by(request));
        return new AcdCommand.SetAgentState(new Extension(request.getExtension()), intent);
    }

    private static Intent.Wish wish(SetAgentStateRequest request) {
        if (request.getReady() && request.getSignedOut()) {
            throw new IllegalArgumentException("who is signed out is not ready");
        }
        return request.getReady()
                ? Intent.Wish.READY
                : request.getSignedOut() ? Intent.Wish.SIGNED_OUT : Intent.Wish.NOT_READY;
    }

    private static Intent.Author by(SetAgentStateRequest request) {
        return request.getForcedBy().isEmpty()
                ? new Intent.Author.Self()
                : new Intent.Author.Supervisor(request.getForcedBy());
    }

    static AcdCommand.ExtendWrapUp read(ExtendWrapUpRequest request) {
        return new AcdCommand.ExtendWrapUp(new Extension(request.getExtension()));
    }
}
