// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One m= line and what belongs to it.
 *
 * @param port 0 means that the stream is not wanted
 * @param address the stream's own c=, else the one above all streams; a numeric IP
 * @param direction the stream's own, else the one above all streams, else sendrecv
 */
public record SdpStream(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        Optional<String> address,
        MediaDirection direction,
        List<SdpAttribute> attributes) {

    public SdpStream {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** Audio over plain RTP: the only kind that media speaks; the edge turns the rest into it. */
    boolean isPlainAudio() {
        return kind.equals("audio") && protocol.equals("RTP/AVP") && port != 0;
    }

    Optional<String> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(SdpAttribute::value)
                .findFirst();
    }

    /** Encoding of a payload type, "PCMA/8000"; the static one where no rtpmap says otherwise. */
    Optional<String> encoding(String format) {
        var prefix = format + " ";
        var mapped =
                attributes.stream()
                        .filter(attribute -> attribute.name().equals("rtpmap"))
                        .map(SdpAttribute::value)
                        .filter(value -> value.startsWith(prefix))
                        .map(value -> value.substring(prefix.length()).strip())
                        .findFirst();
        return mapped.or(
                () ->
                        switch (format) {
                            case "0" -> Optional.of("PCMU/8000");
                            case "8" -> Optional.of("PCMA/8000");
                            default -> Optional.empty();
                        });
    }
}
