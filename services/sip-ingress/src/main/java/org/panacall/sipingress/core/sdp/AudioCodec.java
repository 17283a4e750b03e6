// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

/** The codecs that legs speak: G.711, A-law first. */
public enum AudioCodec {
    PCMA(8),
    PCMU(0);

    private final int staticPayloadType;

    AudioCodec(int staticPayloadType) {
        this.staticPayloadType = staticPayloadType;
    }

    /** Payload type of RFC 3551, which needs no rtpmap. */
    public int staticPayloadType() {
        return staticPayloadType;
    }
}
