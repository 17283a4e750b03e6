// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import com.google.protobuf.Duration;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.panacall.defaults.ServiceToken;
import org.panacall.media.codec.Codec;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.call.v1.Tone;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.LegSettings;
import org.panacall.proto.media.v1.MatrixCell;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.PlayPromptsRequest;
import org.panacall.proto.media.v1.SetMatrixRequest;
import org.panacall.proto.media.v1.WatchLegsRequest;

/** A sip-ingress for tests: speaks the contract with the running service. */
final class Node implements AutoCloseable {

    final String instance = "sip-ingress-" + UUID.randomUUID();
    final String callId = "call_" + UUID.randomUUID();
    final List<LegNotice> notices = new CopyOnWriteArrayList<>();
    final MediaServiceGrpc.MediaServiceBlockingStub media;
    private final ManagedChannel channel;

    Node(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .intercept(new ServiceToken("test-service-token"))
                        .build();
        media = MediaServiceGrpc.newBlockingStub(channel);
    }

    /** Opens a leg; its RTP port. */
    int open(String legId) {
        var request =
                OpenLegRequest.newBuilder()
                        .setLegId(legId)
                        .setCallId(callId)
                        .setTenantId("demo")
                        .setSipIngress(instance)
                        .build();
        return media.openLeg(request).getOpened().getRtpPort();
    }

    /** Opens a leg for a phone. */
    int open(String legId, Phone phone) {
        int port = open(legId);
        configure(legId, phone);
        return port;
    }

    boolean configure(String legId, Phone phone) {
        return configure(legId, settings(phone));
    }

    boolean configure(String legId, LegSettings settings) {
        return media.configureLeg(
                        ConfigureLegRequest.newBuilder()
                                .setLegId(legId)
                                .setSettings(settings)
                                .build())
                .hasDone();
    }

    static LegSettings settings(Phone phone) {
        boolean aLaw = phone.codec() == Codec.PCMA;
        return LegSettings.newBuilder()
                .setCodec(
                        aLaw
                                ? org.panacall.proto.media.v1.Codec.CODEC_PCMA
                                : org.panacall.proto.media.v1.Codec.CODEC_PCMU)
                .setPayloadType(phone.codec().payloadType())
                .setTelephoneEventPayloadType(Phone.EVENTS)
                .setRemoteAddress("127.0.0.1")
                .setRemoteRtpPort(phone.port())
                .setRemoteRtcpPort(phone.port() + 1)
                .setSend(true)
                .setReceive(true)
                .build();
    }

    /** Pairs of listener and speaker, all at 0 dB. */
    void matrix(String bridgeId, String... pairs) {
        var cells = new ArrayList<MatrixCell>();
        for (int i = 0; i < pairs.length; i += 2) {
            cells.add(
                    MatrixCell.newBuilder()
                            .setListenerLegId(pairs[i])
                            .setSpeakerLegId(pairs[i + 1])
                            .build());
        }
        var request = SetMatrixRequest.newBuilder().setBridgeId(bridgeId).addAllCells(cells);
        media.setMatrix(request.build());
    }

    void play(String legId, String playId, boolean repeat, boolean bargeIn, Prompt... prompts) {
        media.playPrompts(
                PlayPromptsRequest.newBuilder()
                        .setLegId(legId)
                        .setPlayId(playId)
                        .setRepeat(repeat)
                        .setBargeIn(bargeIn)
                        .addAllPrompts(List.of(prompts))
                        .build());
    }

    static Prompt tone(int hz, int milliseconds) {
        return Prompt.newBuilder()
                .setTone(
                        Tone.newBuilder()
                                .setFrequencyHz(hz)
                                .setOnTime(
                                        Duration.newBuilder()
                                                .setSeconds(milliseconds / 1000)
                                                .setNanos(milliseconds % 1000 * 1_000_000)))
                .build();
    }

    /** Collects notices into {@link #notices}, from a place in a stream on. */
    void watch(String streamId, long after) {
        MediaServiceGrpc.newStub(channel)
                .watchLegs(
                        WatchLegsRequest.newBuilder()
                                .setSipIngress(instance)
                                .setStreamId(streamId)
                                .setAfterSequence(after)
                                .build(),
                        new StreamObserver<>() {
                            @Override
                            public void onNext(LegNotice notice) {
                                notices.add(notice);
                            }

                            @Override
                            public void onError(Throwable ended) {
                                notices.add(LegNotice.getDefaultInstance());
                            }

                            @Override
                            public void onCompleted() {
                                notices.add(LegNotice.getDefaultInstance());
                            }
                        });
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
