// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import io.grpc.stub.StreamObserver;
import java.util.List;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.recordings.v1.GetRecordingRequest;
import org.panacall.proto.recordings.v1.GetRecordingResponse;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.ListRecordingsResponse;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingUnknown;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;

/** recordings with a message for the registry and a talk of its agent 103. */
public final class PlayedRecordings extends RecordingsServiceGrpc.RecordingsServiceImplBase {

    private static final List<Recording> ALL =
            List.of(
                    recording("recording_message", RecordingKind.RECORDING_KIND_VOICEMAIL)
                            .setChannels(1)
                            .build(),
                    recording("recording_talk", RecordingKind.RECORDING_KIND_CALL)
                            .setChannels(2)
                            .setAgentExtension("103")
                            .build());

    private static Recording.Builder recording(String id, RecordingKind kind) {
        return Recording.newBuilder()
                .setRecordingId(id)
                .setTenantId("demo")
                .setKind(kind)
                .setCallId("call_over")
                .setMailbox("registry")
                .setCallerNumber("+74951234500");
    }

    @Override
    public void listRecordings(
            ListRecordingsRequest request, StreamObserver<ListRecordingsResponse> observer) {
        var answer = ListRecordingsResponse.newBuilder();
        ALL.stream()
                .filter(one -> request.getKindValue() == 0 || one.getKind() == request.getKind())
                .forEach(answer::addRecordings);
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void getRecording(
            GetRecordingRequest request, StreamObserver<GetRecordingResponse> observer) {
        var answer = GetRecordingResponse.newBuilder();
        ALL.stream()
                .filter(one -> one.getRecordingId().equals(request.getRecordingId()))
                .findFirst()
                .ifPresentOrElse(
                        answer::setRecording,
                        () -> answer.setRecordingUnknown(RecordingUnknown.getDefaultInstance()));
        observer.onNext(answer.build());
        observer.onCompleted();
    }
}
