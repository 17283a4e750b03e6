// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.proto.acd.v1.CallbackCancelled;
import org.panacall.proto.acd.v1.CallbackState;
import org.panacall.proto.acd.v1.CallbackStatus;
import org.panacall.proto.acd.v1.CallbackUnderWay;
import org.panacall.proto.acd.v1.CallbackUnknown;
import org.panacall.proto.acd.v1.CallbacksFull;
import org.panacall.proto.acd.v1.CancelCallbackResponse;
import org.panacall.proto.acd.v1.ListCallbacksRequest;
import org.panacall.proto.acd.v1.ListCallbacksResponse;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.RequestCallbackRequest;
import org.panacall.proto.acd.v1.RequestCallbackResponse;

/** Promises to call back, as the contract has them. */
final class CallbackForm {

    private static final int PAGE_MAX = 500;
    private static final String PREFIX = "callback_";

    private CallbackForm() {}

    static AcdCommand.RequestCallback read(RequestCallbackRequest request) {
        var number = new PartyNumber(request.getNumber());
        if (!number.isOutside()) {
            throw new IllegalArgumentException("whose number begins with + can be called back");
        }
        if (!request.getCallbackId().startsWith(PREFIX)) {
            throw new IllegalArgumentException("a callback's id begins with " + PREFIX);
        }
        var patient =
                new Caller(
                        new LegId("leg_" + request.getCallbackId()),
                        number,
                        new PartyNumber(""),
                        true,
                        new SipIngress(request.getSipIngress()),
                        request.getAttributesMap());
        return new AcdCommand.RequestCallback(
                new CallbackId(request.getCallbackId()),
                new QueueId(request.getQueueId()),
                patient);
    }

    static RequestCallbackResponse refused(Refusal refusal) {
        var response = RequestCallbackResponse.newBuilder();
        return refusal instanceof Refusal.QueueUnknown
                ? response.setQueueUnknown(QueueUnknown.getDefaultInstance()).build()
                : response.setCallbacksFull(CallbacksFull.getDefaultInstance()).build();
    }

    /** It, or the one that is open to the same number. */
    static RequestCallbackResponse promised(Acd acd, AcdCommand.RequestCallback request) {
        var callbacks = acd.waits().callbacks();
        var number = request.patient().number();
        return callbacks
                .callback(request.callback())
                .or(() -> callbacks.to(number, request.queue()))
                .map(CallbackForm::status)
                .map(status -> RequestCallbackResponse.newBuilder().setCallback(status).build())
                .orElseGet(() -> refused(new Refusal.CallbacksFull()));
    }

    static ListCallbacksResponse page(Acd acd, ListCallbacksRequest request) {
        var size =
                request.getPageSize() == 0 ? PAGE_MAX : Math.min(request.getPageSize(), PAGE_MAX);
        var found =
                acd.waits().callbacks().all().stream()
                        .filter(one -> wanted(one, request))
                        .limit(size + 1L)
                        .map(CallbackForm::status)
                        .toList();
        return ListCallbacksResponse.newBuilder()
                .addAllCallbacks(found.subList(0, Math.min(size, found.size())))
                .setMore(found.size() > size)
                .build();
    }

    private static boolean wanted(Callback callback, ListCallbacksRequest request) {
        return callback.id().value().compareTo(request.getAfterCallbackId()) > 0
                && (request.getQueueId().isEmpty()
                        || callback.queue().value().equals(request.getQueueId()));
    }

    static CancelCallbackResponse cancelled(Optional<Refusal> refusal) {
        var response = CancelCallbackResponse.newBuilder();
        if (refusal.isEmpty()) {
            return response.setCancelled(CallbackCancelled.getDefaultInstance()).build();
        }
        return refusal.get() instanceof Refusal.CallbackUnderWay
                ? response.setCallbackUnderWay(CallbackUnderWay.getDefaultInstance()).build()
                : response.setCallbackUnknown(CallbackUnknown.getDefaultInstance()).build();
    }

    private static CallbackStatus status(Callback callback) {
        var terms = callback.terms();
        var status =
                CallbackStatus.newBuilder()
                        .setCallbackId(callback.id().value())
                        .setQueueId(callback.queue().value())
                        .setNumber(callback.caller().number().value())
                        .setQueuedAt(Wording.time(callback.place().since()))
                        .setPromisedAt(Wording.time(terms.since()))
                        .setExpiresAt(Wording.time(terms.expiresAt()))
                        .setAutomatic(terms.automatic())
                        .setAttempts(callback.attempts());
        switch (callback.state()) {
            case Callback.State.InLine inLine ->
                    status.setState(CallbackState.CALLBACK_STATE_IN_LINE);
            case Callback.State.Resting resting ->
                    status.setState(CallbackState.CALLBACK_STATE_RESTING);
            case Callback.State.AtAgent(var call, var agent) ->
                    status.setState(CallbackState.CALLBACK_STATE_AT_AGENT)
                            .setCallId(call.value())
                            .setAgentId(agent.value());
            case Callback.State.Apologising apologising ->
                    status.setState(CallbackState.CALLBACK_STATE_APOLOGISING)
                            .setCallId(apologising.call().value());
        }
        return status.build();
    }
}
