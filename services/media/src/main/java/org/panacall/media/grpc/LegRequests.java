// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import org.panacall.media.dtmf.Key;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.LegSettings;
import org.panacall.media.pipeline.LegSettings.Directions;
import org.panacall.media.pipeline.LegSettings.PayloadTypes;
import org.panacall.media.rtp.Remote;
import org.panacall.proto.media.v1.Codec;
import org.panacall.proto.media.v1.MatrixCell;
import org.panacall.proto.media.v1.OpenLegRequest;

/** Reads requests; what cannot be meant is refused with IllegalArgumentException. */
final class LegRequests {

    private static final String HELD = "0.0.0.0";
    private static final int KEYS_MAX = 32;
    private static final int ID_MAX = 128;

    private LegRequests() {}

    static LegIdentity identity(OpenLegRequest request) {
        return new LegIdentity(
                request.getLegId(),
                request.getCallId(),
                request.getTenantId(),
                request.getSipIngress());
    }

    static LegSettings settings(org.panacall.proto.media.v1.LegSettings settings) {
        var codec = codec(settings.getCodec());
        int audio = settings.getPayloadType();
        // 0 is PCMU for ever (RFC 3551); with PCMA it can only mean that nothing was said.
        boolean unsaid = audio == 0 && codec == org.panacall.media.codec.Codec.PCMA;
        var types =
                new PayloadTypes(
                        unsaid ? codec.payloadType() : audio,
                        settings.getTelephoneEventPayloadType());
        var directions = new Directions(settings.getSend(), settings.getReceive());
        int port = settings.getRemoteRtpPort();
        var address = settings.getRemoteAddress();
        if (port == 0 || address.isEmpty() || address.equals(HELD)) {
            return new LegSettings(codec, types, null, null, directions);
        }
        int rtcpPort = settings.getRemoteRtcpPort();
        return new LegSettings(
                codec,
                types,
                Remote.of(address, port),
                Remote.of(address, rtcpPort == 0 ? port + 1 : rtcpPort),
                directions);
    }

    static Matrix.Cell cell(MatrixCell cell) {
        return new Matrix.Cell(
                cell.getListenerLegId(), cell.getSpeakerLegId(), Gain.ofDecibels(cell.getGainDb()));
    }

    static int[] keys(String keys) {
        if (keys.isEmpty() || keys.length() > KEYS_MAX) {
            throw new IllegalArgumentException("1 to " + KEYS_MAX + " keys can be sent at once");
        }
        return keys.chars()
                .map(
                        key -> {
                            int code = Key.code((char) key);
                            if (code == Key.NONE) {
                                throw new IllegalArgumentException("keys are 0-9, *, #, A-D");
                            }
                            return code;
                        })
                .toArray();
    }

    static String id(String name, String id) {
        if (id.isEmpty() || id.length() > ID_MAX) {
            throw new IllegalArgumentException(name + " has 1 to " + ID_MAX + " characters");
        }
        return id;
    }

    private static org.panacall.media.codec.Codec codec(Codec codec) {
        return switch (codec) {
            case CODEC_PCMA -> org.panacall.media.codec.Codec.PCMA;
            case CODEC_PCMU -> org.panacall.media.codec.Codec.PCMU;
            case CODEC_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("a leg has a codec");
        };
    }
}
