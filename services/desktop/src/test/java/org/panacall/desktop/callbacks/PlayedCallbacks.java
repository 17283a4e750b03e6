// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.callbacks;

import com.google.protobuf.util.Timestamps;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.acd.v1.CallbackCancelled;
import org.panacall.proto.acd.v1.CallbackServiceGrpc;
import org.panacall.proto.acd.v1.CallbackState;
import org.panacall.proto.acd.v1.CallbackStatus;
import org.panacall.proto.acd.v1.CallbackUnderWay;
import org.panacall.proto.acd.v1.CallbackUnknown;
import org.panacall.proto.acd.v1.CallbacksFull;
import org.panacall.proto.acd.v1.CancelCallbackRequest;
import org.panacall.proto.acd.v1.CancelCallbackResponse;
import org.panacall.proto.acd.v1.ListCallbacksRequest;
import org.panacall.proto.acd.v1.ListCallbacksResponse;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.RequestCallbackRequest;
import org.panacall.proto.acd.v1.RequestCallbackResponse;

/** acd with one callback in line and one under way; the queue "paid" has as many as it may. */
public final class PlayedCallbacks extends CallbackServiceGrpc.CallbackServiceImplBase {

    public final BlockingQueue<RequestCallbackRequest> asked = new LinkedBlockingQueue<>();

    @Override
    public void requestCallback(
            RequestCallbackRequest request, StreamObserver<RequestCallbackResponse> observer) {
        asked.add(request);
        var answer = RequestCallbackResponse.newBuilder();
        switch (request.getQueueId()) {
            case "registry" ->
                    answer.setCallback(
                            callback(request.getCallbackId(), CallbackState.CALLBACK_STATE_IN_LINE)
                                    .setNumber(request.getNumber()));
            case "paid" -> answer.setCallbacksFull(CallbacksFull.getDefaultInstance());
            default -> answer.setQueueUnknown(QueueUnknown.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void listCallbacks(
            ListCallbacksRequest request, StreamObserver<ListCallbacksResponse> observer) {
        var answer = ListCallbacksResponse.newBuilder();
        if (request.getAfterCallbackId().isEmpty()) {
            answer.addCallbacks(callback("callback_1", CallbackState.CALLBACK_STATE_IN_LINE));
        }
        if (request.getPageSize() == 1 && request.getAfterCallbackId().isEmpty()) {
            answer.setMore(true);
        } else {
            answer.addCallbacks(
                    callback("callback_2", CallbackState.CALLBACK_STATE_AT_AGENT)
                            .setAgentId("agent_103"));
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void cancelCallback(
            CancelCallbackRequest request, StreamObserver<CancelCallbackResponse> observer) {
        var answer = CancelCallbackResponse.newBuilder();
        switch (request.getCallbackId()) {
            case "callback_1" -> answer.setCancelled(CallbackCancelled.getDefaultInstance());
            case "callback_2" -> answer.setCallbackUnderWay(CallbackUnderWay.getDefaultInstance());
            default -> answer.setCallbackUnknown(CallbackUnknown.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private static CallbackStatus.Builder callback(String id, CallbackState state) {
        return CallbackStatus.newBuilder()
                .setCallbackId(id)
                .setQueueId("registry")
                .setNumber("+74951234500")
                .setQueuedAt(Timestamps.fromSeconds(1))
                .setPromisedAt(Timestamps.fromSeconds(2))
                .setExpiresAt(Timestamps.fromSeconds(600))
                .setState(state);
    }
}
