// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The other side's description seen as an offer to us or as the answer to ours: which stream is
 * taken and with what. Only what was offered is agreed on, A-law before µ-law.
 *
 * @param streams all streams of the description, in its order
 * @param chosen index of the one that is taken
 */
public record Negotiation(List<SdpStream> streams, int chosen, AgreedAudio audio) {

    private static final Pattern RTCP = Pattern.compile("([0-9]{1,5})( IN IP[46] [0-9A-Fa-f:.]+)?");
    private static final Pattern PACKET_TIME = Pattern.compile("[0-9]{1,3}");
    private static final String NOWHERE = "0.0.0.0";

    public Negotiation {
        streams = List.copyOf(streams);
    }

    /** Takes the first stream of an offer that we can speak; empty when there is none (488). */
    public static Optional<Negotiation> ofOffer(Sdp offer) {
        return IntStream.range(0, offer.streams().size())
                .mapToObj(index -> take(offer, index))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Takes the answer to an offer of ours, which must have kept our streams (RFC 3264 §6) and
     * speak what we offered; empty when it does not.
     *
     * @param audioIndex where our audio stream stood in our offer
     */
    public static Optional<Negotiation> ofAnswer(Sdp answer, int audioIndex) {
        return audioIndex < answer.streams().size() ? take(answer, audioIndex) : Optional.empty();
    }

    private static Optional<Negotiation> take(Sdp sdp, int index) {
        var stream = sdp.streams().get(index);
        // Media speaks IPv4 only; rtpengine stands between us and all else.
        var address = stream.address().filter(at -> at.indexOf(':') < 0);
        if (!stream.isPlainAudio() || address.isEmpty()) return Optional.empty();
        for (var codec : AudioCodec.values()) {
            var payloadType = payloadType(stream, codec.name());
            if (payloadType.isPresent()) {
                var audio = agree(stream, codec, payloadType.get());
                return Optional.of(new Negotiation(sdp.streams(), index, audio));
            }
        }
        return Optional.empty();
    }

    private static AgreedAudio agree(SdpStream stream, AudioCodec codec, int payloadType) {
        var address = stream.address().orElseThrow();
        var direction = stream.direction();
        return new AgreedAudio(
                codec,
                payloadType,
                payloadType(stream, "telephone-event").orElse(0),
                address,
                stream.port(),
                rtcpPort(stream),
                direction.receives() && !address.equals(NOWHERE),
                direction.sends(),
                packetTime(stream));
    }

    /** The first payload type of this encoding at 8 kHz, one channel. */
    private static Optional<Integer> payloadType(SdpStream stream, String name) {
        return stream.formats().stream()
                .filter(format -> isPayloadType(format) && speaks(stream, format, name))
                .map(Integer::valueOf)
                .findFirst();
    }

    private static boolean speaks(SdpStream stream, String format, String name) {
        var encoding = stream.encoding(format).orElse("");
        var plain = name + "/8000";
        return encoding.equalsIgnoreCase(plain) || encoding.equalsIgnoreCase(plain + "/1");
    }

    private static boolean isPayloadType(String format) {
        return format.length() <= 3
                && format.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(format) <= 127;
    }

    /** RFC 3605, else the port after the one for RTP. */
    private static int rtcpPort(SdpStream stream) {
        var rtcp = RTCP.matcher(stream.attribute("rtcp").orElse(""));
        if (rtcp.matches()) {
            int port = Integer.parseInt(rtcp.group(1));
            if (port > 0 && port <= 65_535) return port;
        }
        return Math.min(stream.port() + 1, 65_535);
    }

    private static Optional<Duration> packetTime(SdpStream stream) {
        return stream.attribute("ptime")
                .map(String::strip)
                .filter(value -> PACKET_TIME.matcher(value).matches())
                .map(Integer::valueOf)
                .filter(millis -> millis >= 10 && millis <= 60)
                .map(Duration::ofMillis);
    }
}
