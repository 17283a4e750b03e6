// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.call.v1.RecordingKind;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.recordings.v1.Actor;
import org.panacall.proto.recordings.v1.ChangeRecordingRequest;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.GetRecordingRequest;
import org.panacall.proto.recordings.v1.ListAccessesRequest;
import org.panacall.proto.recordings.v1.ListRecordingsRequest;
import org.panacall.proto.recordings.v1.ListRecordingsResponse;
import org.panacall.proto.recordings.v1.Recording;
import org.panacall.proto.recordings.v1.RecordingBegin;
import org.panacall.proto.recordings.v1.RecordingFinish;
import org.panacall.proto.recordings.v1.RecordingState;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc.RecordingsServiceBlockingStub;
import org.panacall.proto.recordings.v1.StoreRecordingRequest;
import org.panacall.proto.recordings.v1.StoreRecordingResponse;

/** media and desktop for tests: speaks the contract with the running service, for a tenant. */
final class Peer implements AutoCloseable {

    static final String NUMBER = "+79161234567";
    static final int SECOND = 8_000;

    private static final Actor ANNA =
            Actor.newBuilder().setId("agent_101").setExtension("101").build();

    final String tenant = "t" + UUID.randomUUID();
    private final ManagedChannel channel;
    private final RecordingsServiceBlockingStub service;

    Peer(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .intercept(new ServiceToken("test-service-token"))
                        .build();
        service = RecordingsServiceGrpc.newBlockingStub(channel);
    }

    /** A-law codes that are not silence, each part unlike the others. */
    static byte[] audio(int samples) {
        var codes = new byte[samples];
        for (int i = 0; i < samples; i++) {
            codes[i] = (byte) (i / 160 * 7 + i % 160);
        }
        return codes;
    }

    RecordingBegin.Builder begin(String id) {
        return RecordingBegin.newBuilder()
                .setRecordingId(id)
                .setTenantId(tenant)
                .setCallId("call_1")
                .setStartedAt(Timestamps.fromMillis(System.currentTimeMillis()))
                .setChannels(1)
                .setOrder(
                        RecordingOrder.newBuilder()
                                .setKind(RecordingKind.RECORDING_KIND_VOICEMAIL)
                                .setMailbox("registry")
                                .setLanguage("ru")
                                .setCallerNumber(NUMBER));
    }

    StoreRecordingResponse store(RecordingBegin begin, byte[] audio, int samples) {
        var finish =
                RecordingFinish.newBuilder()
                        .setEnd(RecordingEnd.RECORDING_END_KEY)
                        .setSamples(samples)
                        .build();
        return send(begin, audio, finish).orTimeout(20, TimeUnit.SECONDS).join();
    }

    CompletableFuture<StoreRecordingResponse> send(
            RecordingBegin begin, byte[] audio, RecordingFinish finish) {
        var answer = new CompletableFuture<StoreRecordingResponse>();
        var to = RecordingsServiceGrpc.newStub(channel).storeRecording(new Answer(answer));
        to.onNext(StoreRecordingRequest.newBuilder().setBegin(begin).build());
        for (int at = 0; at < audio.length; at += 4096) {
            var piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 4096));
            to.onNext(
                    StoreRecordingRequest.newBuilder()
                            .setAudio(ByteString.copyFrom(piece))
                            .build());
        }
        if (finish != null) {
            to.onNext(StoreRecordingRequest.newBuilder().setFinish(finish).build());
        }
        to.onCompleted();
        return answer;
    }

    private record Answer(CompletableFuture<StoreRecordingResponse> answer)
            implements StreamObserver<StoreRecordingResponse> {

        @Override
        public void onNext(StoreRecordingResponse response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable fault) {
            answer.completeExceptionally(fault);
        }

        @Override
        public void onCompleted() {
            answer.complete(StoreRecordingResponse.getDefaultInstance());
        }
    }

    Recording find(String id) {
        var request =
                GetRecordingRequest.newBuilder().setTenantId(tenant).setRecordingId(id).build();
        return service.getRecording(request).getRecording();
    }

    byte[] fetch(String id, long offset, long length) {
        var request =
                FetchAudioRequest.newBuilder()
                        .setTenantId(tenant)
                        .setRecordingId(id)
                        .setActor(ANNA)
                        .setOffset(offset)
                        .setLength(length)
                        .build();
        var all = new ByteArrayOutputStream();
        service.fetchAudio(request)
                .forEachRemaining(piece -> all.writeBytes(piece.getAudio().toByteArray()));
        return all.toByteArray();
    }

    List<String> deeds(String id) {
        var request =
                ListAccessesRequest.newBuilder().setTenantId(tenant).setRecordingId(id).build();
        return service.listAccesses(request).getAccessesList().stream()
                .map(access -> access.getActor().getExtension() + " " + access.getDeed())
                .toList();
    }

    Recording change(String id, RecordingState state) {
        return service.changeRecording(
                        ChangeRecordingRequest.newBuilder()
                                .setTenantId(tenant)
                                .setRecordingId(id)
                                .setActor(ANNA)
                                .setState(state)
                                .build())
                .getRecording();
    }

    List<Recording> list(RecordingState state) {
        return service.listRecordings(
                        ListRecordingsRequest.newBuilder()
                                .setTenantId(tenant)
                                .addMailboxes("registry")
                                .setState(state)
                                .build())
                .getRecordingsList();
    }

    ListRecordingsResponse page(String cursor) {
        return service.listRecordings(
                ListRecordingsRequest.newBuilder()
                        .setTenantId(tenant)
                        .setPageSize(2)
                        .setCursor(cursor)
                        .build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
