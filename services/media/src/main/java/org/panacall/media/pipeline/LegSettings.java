// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import org.panacall.media.codec.Codec;
import org.panacall.media.rtp.Remote;

/**
 * How to speak with a party.
 *
 * @param rtp null while the party has no address, as with a hold by 0.0.0.0
 * @param rtcp null with {@code rtp}
 */
public record LegSettings(
        Codec codec, PayloadTypes payloadTypes, Remote rtp, Remote rtcp, Directions directions) {

    private static final int MAX = 127;

    /** Numbers from the SDP. */
    public record PayloadTypes(int audio, int event) {

        public PayloadTypes {
            if (audio < 0 || audio > MAX || event < 0 || event > MAX) {
                throw new IllegalArgumentException("payload types are 0 to 127");
            }
            if (event != 0 && event == audio) {
                throw new IllegalArgumentException("audio and events share a payload type");
            }
        }
    }

    /** Which way audio flows, seen from us. */
    public record Directions(boolean send, boolean receive) {}

    public LegSettings {
        if ((rtp == null) != (rtcp == null)) {
            throw new IllegalArgumentException("RTP and RTCP have addresses together");
        }
    }

    boolean sends() {
        return rtp != null && directions.send();
    }

    boolean receives() {
        return directions.receive();
    }

    LegSettings withoutRemote() {
        return new LegSettings(codec, payloadTypes, null, null, directions);
    }

    boolean hasRemote(Remote remote) {
        return rtp == null ? remote == null : rtp.equals(remote);
    }
}
