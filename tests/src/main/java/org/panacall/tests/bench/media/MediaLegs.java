// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench.media;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.Codec;
import org.panacall.proto.media.v1.LegSettings;
import org.panacall.proto.media.v1.MatrixCell;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.SetMatrixRequest;

/** Pairs of legs on a media node, opened and closed by its contract. */
final class MediaLegs implements AutoCloseable {

    private static final int PAYLOAD_TYPE_PCMA = 8;
    private static final int LEGS_A_NETWORK = 250;

    private final ManagedChannel channel;
    private final MediaServiceGrpc.MediaServiceBlockingStub media;
    private final List<String> open = new ArrayList<>();
    private int round;

    MediaLegs(int grpcPort, String token) {
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
                        .usePlaintext()
                        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                        .build();
        media = MediaServiceGrpc.newBlockingStub(channel);
    }

    /**
     * Opens legs whose parties speak from a port, two and two in a bridge; mixed means that the two
     * of a pair have different codecs, so that nothing can be passed through. Returns the port to
     * speak to.
     */
    int open(int legs, int partyPort, boolean mixed) {
        round++;
        int port = 0;
        for (int leg = 0; leg < legs; leg++) {
            boolean muLaw = mixed && leg % 2 == 1;
            port = open(leg, settings(leg, partyPort, muLaw));
            if (leg % 2 == 1) {
                join(leg);
            }
        }
        return port;
    }

    void closeAll() {
        for (var leg : open) {
            media.closeLeg(CloseLegRequest.newBuilder().setLegId(leg).build());
        }
        open.clear();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private int open(int leg, LegSettings settings) {
        var answer =
                media.openLeg(
                        OpenLegRequest.newBuilder()
                                .setLegId(id(leg))
                                .setCallId("call_" + round + "_" + leg / 2)
                                .setTenantId("bench")
                                .setSipIngress("sip-ingress-bench")
                                .setSettings(settings)
                                .build());
        if (!answer.hasOpened()) {
            throw new IllegalStateException("media refused leg " + leg);
        }
        open.add(id(leg));
        return answer.getOpened().getRtpPort();
    }

    private void join(int second) {
        var matrix =
                SetMatrixRequest.newBuilder()
                        .setBridgeId("bridge_" + round + "_" + second / 2)
                        .addCells(cell(second - 1, second))
                        .addCells(cell(second, second - 1));
        media.setMatrix(matrix.build());
    }

    private MatrixCell cell(int listener, int speaker) {
        return MatrixCell.newBuilder()
                .setListenerLegId(id(listener))
                .setSpeakerLegId(id(speaker))
                .build();
    }

    private String id(int leg) {
        return "leg_" + round + "_" + leg;
    }

    private static LegSettings settings(int leg, int port, boolean muLaw) {
        // As tests/bench/rtp_load.c addresses its parties.
        var address = "127.20." + leg / LEGS_A_NETWORK + "." + (leg % LEGS_A_NETWORK + 1);
        return LegSettings.newBuilder()
                .setCodec(muLaw ? Codec.CODEC_PCMU : Codec.CODEC_PCMA)
                .setPayloadType(muLaw ? 0 : PAYLOAD_TYPE_PCMA)
                .setRemoteAddress(address)
                .setRemoteRtpPort(port)
                .setRemoteRtcpPort(port + 1)
                .setSend(true)
                .setReceive(true)
                .build();
    }
}
