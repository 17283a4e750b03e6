// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.grpc;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.panacall.defaults.Reply;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.GetCallRecordRequest;
import org.panacall.proto.reporting.v1.GetCallRecordResponse;
import org.panacall.proto.reporting.v1.GetLastTalkRequest;
import org.panacall.proto.reporting.v1.GetLastTalkResponse;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsResponse;
import org.panacall.proto.reporting.v1.RecordUnknown;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.reporting.DatabaseAway;
import org.panacall.reporting.calls.CallStore;
import org.panacall.reporting.calls.LastTalks;

/** Answers questions about calls. */
@ApplicationScoped
public class ReportingGrpc implements ReportingServiceGrpc.AsyncService {

    private final CallStore calls;
    private final LastTalks talks;

    ReportingGrpc(CallStore calls, LastTalks talks) {
        this.calls = calls;
        this.talks = talks;
    }

    /** What the server serves. */
    @Produces
    @Singleton
    ServerServiceDefinition contract() {
        return ReportingServiceGrpc.bindService(this);
    }

    @Override
    public void listCallRecords(
            ListCallRecordsRequest request, StreamObserver<ListCallRecordsResponse> caller) {
        answer(calls.list(request), caller);
    }

    @Override
    public void getCallRecord(
            GetCallRecordRequest request, StreamObserver<GetCallRecordResponse> caller) {
        var found = calls.find(request.getTenantId(), request.getCallId());
        answer(found.map(ReportingGrpc::found), caller);
    }

    @Override
    public void getLastTalk(
            GetLastTalkRequest request, StreamObserver<GetLastTalkResponse> caller) {
        var found = talks.find(request);
        if (found.isEmpty()) {
            caller.onError(
                    Status.RESOURCE_EXHAUSTED
                            .withDescription("too many look-ups at once")
                            .asRuntimeException());
        } else {
            answer(found.get(), caller);
        }
    }

    private static <A> void answer(Uni<A> answer, StreamObserver<A> caller) {
        var explained = answer.onFailure().transform(DatabaseAway::explained);
        Reply.later(explained.subscribeAsCompletionStage(), caller);
    }

    private static GetCallRecordResponse found(Optional<CallRecord> record) {
        var response = GetCallRecordResponse.newBuilder();
        return record.map(response::setRecord)
                .orElseGet(() -> response.setRecordUnknown(RecordUnknown.getDefaultInstance()))
                .build();
    }
}
