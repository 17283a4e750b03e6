// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.proto.acd.v1.CallbackServiceGrpc;
import org.panacall.proto.acd.v1.CancelCallbackRequest;
import org.panacall.proto.acd.v1.CancelCallbackResponse;
import org.panacall.proto.acd.v1.ListCallbacksRequest;
import org.panacall.proto.acd.v1.ListCallbacksResponse;
import org.panacall.proto.acd.v1.RequestCallbackRequest;
import org.panacall.proto.acd.v1.RequestCallbackResponse;

/** The contract of promises to call back. */
@ApplicationScoped
public class CallbackGrpc implements CallbackServiceGrpc.AsyncService {

    private final Leading leading;

    CallbackGrpc(Leading leading) {
        this.leading = leading;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return CallbackServiceGrpc.bindService(this);
    }

    @Override
    public void requestCallback(
            RequestCallbackRequest request, StreamObserver<RequestCallbackResponse> caller) {
        var command = CallbackForm.read(request);
        leading.lead(
                request.getTenantId(),
                caller,
                acd ->
                        Leading.done(
                                acd,
                                command,
                                CallbackForm::refused,
                                core -> CallbackForm.promised(core, command)),
                leader -> RequestCallbackResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void listCallbacks(
            ListCallbacksRequest request, StreamObserver<ListCallbacksResponse> caller) {
        leading.lead(
                request.getTenantId(),
                caller,
                acd -> acd.ask(core -> CallbackForm.page(core, request)),
                leader -> ListCallbacksResponse.newBuilder().setNotLeader(leader).build());
    }

    @Override
    public void cancelCallback(
            CancelCallbackRequest request, StreamObserver<CancelCallbackResponse> caller) {
        var command = new AcdCommand.CancelCallback(new CallbackId(request.getCallbackId()));
        leading.lead(
                request.getTenantId(),
                caller,
                acd -> acd.send(command).thenApply(CallbackForm::cancelled),
                leader -> CancelCallbackResponse.newBuilder().setNotLeader(leader).build());
    }
}
