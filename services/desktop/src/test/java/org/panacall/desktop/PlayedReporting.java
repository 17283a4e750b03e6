// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.call.v1.TalkRecordingOutcome;
import org.panacall.proto.reporting.v1.CallRecord;
import org.panacall.proto.reporting.v1.GetCallRecordRequest;
import org.panacall.proto.reporting.v1.GetCallRecordResponse;
import org.panacall.proto.reporting.v1.LegRecord;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;
import org.panacall.proto.reporting.v1.ListCallRecordsResponse;
import org.panacall.proto.reporting.v1.RecordUnknown;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.proto.reporting.v1.TalkRecording;

/** reporting with one record of a call with 103. */
final class PlayedReporting extends ReportingServiceGrpc.ReportingServiceImplBase {

    final BlockingQueue<ListCallRecordsRequest> asked = new LinkedBlockingQueue<>();

    @Override
    public void listCallRecords(
            ListCallRecordsRequest request, StreamObserver<ListCallRecordsResponse> observer) {
        if (request.getCursor().equals("foreign")) {
            observer.onError(
                    Status.INVALID_ARGUMENT
                            .withDescription("cursor is not one of ours")
                            .asRuntimeException());
            return;
        }
        asked.add(request);
        observer.onNext(
                ListCallRecordsResponse.newBuilder()
                        .addRecords(record())
                        .setNextCursor(request.getCursor().isEmpty() ? "second" : "")
                        .build());
        observer.onCompleted();
    }

    @Override
    public void getCallRecord(
            GetCallRecordRequest request, StreamObserver<GetCallRecordResponse> observer) {
        var answer = GetCallRecordResponse.newBuilder();
        if (request.getCallId().equals("call_over")) {
            answer.setRecord(record());
        } else {
            answer.setRecordUnknown(RecordUnknown.getDefaultInstance());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private static CallRecord record() {
        return CallRecord.newBuilder()
                .setCallId("call_over")
                .setTenantId("demo")
                .setDirection(Direction.DIRECTION_INBOUND)
                .setFromNumber("+74951234500")
                .setToNumber("+74950000100")
                .setStartedAt(Timestamps.fromMillis(1_000))
                .setTalkStartedAt(Timestamps.fromMillis(16_000))
                .setEndedAt(Timestamps.fromMillis(26_000))
                .setQueueId("registry")
                .setAgentId("agent_103")
                .setAgentExtension("103")
                .setEndReason(
                        EndReason.newBuilder()
                                .setFault(Fault.FAULT_NONE)
                                .setReason("caller-hung-up"))
                .setWait(Durations.fromSeconds(5))
                .setTalk(Durations.fromMillis(10_000))
                .addTalkRecordings(
                        TalkRecording.newBuilder()
                                .setOutcome(TalkRecordingOutcome.TALK_RECORDING_OUTCOME_NO_NOTICE)
                                .setLegId("leg_b"))
                .addLegs(LegRecord.newBuilder().setLegId("leg_a").setCodec("PCMA"))
                .build();
    }
}
