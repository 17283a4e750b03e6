// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.util.List;
import java.util.Optional;

/**
 * Our side of a leg's descriptions, to be kept and brought back.
 *
 * @param streams of the last exchange; no more of them than a refusal needs
 */
public record StoredSdp(long id, long version, int audioIndex, List<Stream> streams) {

    /** Left free above the last known version, as the last description may not have been kept. */
    private static final int VERSION_GAP = 100;

    public StoredSdp {
        streams = List.copyOf(streams);
    }

    /** What is repeated of a stream that is not taken. */
    public record Stream(String kind, String protocol, String format) {

        static Stream of(SdpStream stream) {
            return new Stream(stream.kind(), stream.protocol(), stream.formats().getFirst());
        }

        SdpStream toStream() {
            return new SdpStream(
                    kind,
                    0,
                    protocol,
                    List.of(format),
                    Optional.empty(),
                    MediaDirection.INACTIVE,
                    List.of());
        }
    }

    long nextVersion() {
        return version + VERSION_GAP;
    }
}
