// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.grpc;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.GetCallRecordRequest;
import org.panacall.proto.reporting.v1.GetCallRecordResponse;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsResponse;
import org.panacall.proto.reporting.v1.RecordUnknown;
import org.panacall.proto.reporting.v1.ReportingService;
import org.panacall.reporting.DatabaseAway;
import org.panacall.reporting.calls.CallStore;

/** Answers questions about calls. */
@GrpcService
public class ReportingGrpc implements ReportingService {

    private final CallStore calls;

    ReportingGrpc(CallStore calls) {
        this.calls = calls;
    }

    @Override
    public Uni<ListCallRecordsResponse> listCallRecords(ListCallRecordsRequest request) {
        return Uni.createFrom()
                .deferred(() -> calls.list(request))
                .onFailure()
                .transform(DatabaseAway::explained);
    }

    @Override
    public Uni<GetCallRecordResponse> getCallRecord(GetCallRecordRequest request) {
        return calls.find(request.getTenantId(), request.getCallId())
                .onFailure()
                .transform(DatabaseAway::explained)
                .map(ReportingGrpc::found);
    }

    private static GetCallRecordResponse found(Optional<CallRecord> record) {
        var response = GetCallRecordResponse.newBuilder();
        return record.map(response::setRecord)
                .orElseGet(() -> response.setRecordUnknown(RecordUnknown.getDefaultInstance()))
                .build();
    }
}
