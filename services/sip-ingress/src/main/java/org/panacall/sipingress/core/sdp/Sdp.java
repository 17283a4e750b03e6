// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A description of streams (RFC 8866), as far as audio calls need it. What we never use (times,
 * bandwidth, keys, mail addresses) is checked for form and forgotten.
 */
public record Sdp(List<SdpStream> streams) {

    public Sdp {
        streams = List.copyOf(streams);
    }

    /** Reads a body; empty when it is malformed, or larger than any honest one. */
    public static Optional<Sdp> parse(String body) {
        return new SdpReader().read(body);
    }
}
