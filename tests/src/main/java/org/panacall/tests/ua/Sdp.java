// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.panacall.tests.ua.Audio.Codec;

/** Session descriptions of the scripted telephones: written for an offer, read for an answer. */
final class Sdp {

    private static final Pattern MEDIA = Pattern.compile("(?m)^m=audio (\\d+) \\S+ ([0-9 ]+)");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^c=IN IP4 (\\S+)");
    private static final Pattern EVENTS =
            Pattern.compile("(?m)^a=rtpmap:(\\d+) telephone-event/8000");

    private Sdp() {}

    /** A description of one audio stream; the address may be a lie, as behind a NAT. */
    static String of(String address, int port, List<Codec> codecs, String direction) {
        var types = new StringBuilder();
        var maps = new StringBuilder();
        for (var codec : codecs) {
            types.append(' ').append(codec.payloadType);
            maps.append("a=rtpmap:%d %s/8000\r\n".formatted(codec.payloadType, codec));
        }
        return ("v=0\r\no=- 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\n"
                        + "m=audio %d RTP/AVP%s 101\r\n%sa=rtpmap:101 telephone-event/8000\r\n"
                        + "a=fmtp:101 0-16\r\na=ptime:20\r\na=%s\r\n")
                .formatted(address, address, port, types, maps, direction);
    }

    /** A stream of a codec that nobody of us speaks. */
    static String foreign(String address, int port) {
        return ("v=0\r\no=- 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\n"
                        + "m=audio %d RTP/AVP 97\r\na=rtpmap:97 SPEEX/8000\r\n")
                .formatted(address, address, port);
    }

    static InetSocketAddress remote(String sdp) {
        var media = MEDIA.matcher(sdp);
        var address = ADDRESS.matcher(sdp);
        if (!media.find() || !address.find()) {
            throw new IllegalArgumentException("no audio in " + sdp);
        }
        return new InetSocketAddress(address.group(1), Integer.parseInt(media.group(1)));
    }

    /** The first codec of ours that the description names. */
    static Optional<Codec> codec(String sdp, List<Codec> ours) {
        var media = MEDIA.matcher(sdp);
        if (!media.find()) {
            return Optional.empty();
        }
        return List.of(media.group(2).strip().split(" ")).stream()
                .flatMap(type -> ours.stream().filter(c -> type.equals("" + c.payloadType)))
                .findFirst();
    }

    static int eventPayloadType(String sdp) {
        var events = EVENTS.matcher(sdp);
        return events.find() ? Integer.parseInt(events.group(1)) : 101;
    }

    /** "sendrecv" when nothing is said. */
    static String direction(String sdp) {
        return List.of("sendonly", "recvonly", "inactive").stream()
                .filter(word -> sdp.toLowerCase(Locale.ROOT).contains("a=" + word))
                .findFirst()
                .orElse("sendrecv");
    }
}
