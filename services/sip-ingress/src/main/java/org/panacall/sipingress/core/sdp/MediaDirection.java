// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.util.Optional;

/** Which way a stream goes, as the side that wrote it sees it (RFC 3264 §5.1). */
public enum MediaDirection {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    MediaDirection(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** The writer sends. */
    public boolean sends() {
        return sends;
    }

    /** The writer receives. */
    public boolean receives() {
        return receives;
    }

    /** The attribute's name. */
    public String attribute() {
        return switch (this) {
            case SENDRECV -> "sendrecv";
            case SENDONLY -> "sendonly";
            case RECVONLY -> "recvonly";
            case INACTIVE -> "inactive";
        };
    }

    static MediaDirection of(boolean sends, boolean receives) {
        if (sends) return receives ? SENDRECV : SENDONLY;
        return receives ? RECVONLY : INACTIVE;
    }

    static Optional<MediaDirection> ofAttribute(String name) {
        return switch (name) {
            case "sendrecv" -> Optional.of(SENDRECV);
            case "sendonly" -> Optional.of(SENDONLY);
            case "recvonly" -> Optional.of(RECVONLY);
            case "inactive" -> Optional.of(INACTIVE);
            default -> Optional.empty();
        };
    }
}
