// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What both sides agreed on for the audio of a leg (RFC 3264).
 *
 * @param payloadType number of the codec
 * @param telephoneEventPayloadType number of telephone-event (RFC 4733); 0 when not agreed
 * @param remoteAddress numeric IP where the party receives
 * @param send we send: the party receives
 * @param receive we take what comes: the party sends
 * @param packetTime what the party wishes, 10 to 60 ms
 */
public record AgreedAudio(
        AudioCodec codec,
        int payloadType,
        int telephoneEventPayloadType,
        String remoteAddress,
        int remoteRtpPort,
        int remoteRtcpPort,
        boolean send,
        boolean receive,
        Optional<Duration> packetTime) {

    public AgreedAudio {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(packetTime, "packetTime");
    }

    /** The party put us on hold: it does not want to hear us. */
    public boolean partyHolds() {
        return !send;
    }

    MediaDirection ourDirection() {
        return MediaDirection.of(send, receive);
    }
}
