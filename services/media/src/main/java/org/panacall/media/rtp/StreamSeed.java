// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

/**
 * The random beginnings of a stream of ours (RFC 3550 section 5.1), made outside the pipeline.
 *
 * @param cname canonical name for RTCP, 1 to 64 ASCII characters, telling nothing about the party
 */
public record StreamSeed(int ssrc, int sequence, int timestamp, String cname) {

    public StreamSeed {
        if (cname.isEmpty() || cname.length() > 64) {
            throw new IllegalArgumentException("a CNAME has 1 to 64 characters");
        }
    }
}
