// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.panacall.defaults.ProtoTimes;
import org.panacall.defaults.Reply;
import org.panacall.ivr.EventWording;
import org.panacall.ivr.PromptWording;
import org.panacall.ivr.Rehearsals;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.ivr.core.rehearsal.Rehearsal.Heard;
import org.panacall.ivr.core.rehearsal.Rehearsal.Moment;
import org.panacall.proto.ivr.v1.RehearsalFlowUnknown;
import org.panacall.proto.ivr.v1.RehearsalFlowUnsound;
import org.panacall.proto.ivr.v1.RehearsalHeard;
import org.panacall.proto.ivr.v1.RehearsalMoment;
import org.panacall.proto.ivr.v1.RehearsalServiceGrpc;
import org.panacall.proto.ivr.v1.RehearseRequest;
import org.panacall.proto.ivr.v1.RehearseResponse;
import org.panacall.proto.ivr.v1.Rehearsed;

/** Lets desktop go through flows. Apart from the threads that serve calls. */
@ApplicationScoped
class RehearsalGrpc implements RehearsalServiceGrpc.AsyncService {

    private final Rehearsals rehearsals;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RehearsalGrpc(Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition rehearsalContract() {
        return RehearsalServiceGrpc.bindService(this);
    }

    @Override
    public void rehearse(RehearseRequest request, StreamObserver<RehearseResponse> asker) {
        Reply.later(CompletableFuture.supplyAsync(() -> answer(request), threads), asker);
    }

    private RehearseResponse answer(RehearseRequest request) {
        var response = RehearseResponse.newBuilder();
        try {
            rehearsals
                    .rehearse(request)
                    .ifPresentOrElse(
                            moments -> response.setRehearsed(told(moments)),
                            () ->
                                    response.setFlowUnknown(
                                            RehearsalFlowUnknown.getDefaultInstance()));
        } catch (IllegalArgumentException nonsense) {
            response.setFlowUnsound(
                    RehearsalFlowUnsound.newBuilder()
                            .setReason(String.valueOf(nonsense.getMessage())));
        }
        return response.build();
    }

    private static Rehearsed told(List<Moment> moments) {
        var told = Rehearsed.newBuilder();
        for (var moment : moments) {
            var at = ProtoTimes.timestamp(moment.at());
            var one = RehearsalMoment.newBuilder().setAt(at);
            switch (moment) {
                case Happened(_, var event) -> one.setEvent(EventWording.payload(event));
                case Heard(_, var prompts) ->
                        one.setHeard(
                                RehearsalHeard.newBuilder()
                                        .addAllPrompts(PromptWording.prompts(prompts)));
            }
            told.addMoments(one);
        }
        return told.build();
    }

    @PreDestroy
    void close() {
        threads.shutdown();
    }
}
