// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

/** Where a leg receives, as media said when it opened it. */
public record LocalAudio(String address, int rtpPort, int rtcpPort) {

    public LocalAudio {
        if (address.isEmpty() || rtpPort < 1 || rtpPort > 65_535) {
            throw new IllegalArgumentException("not a media address");
        }
    }
}
