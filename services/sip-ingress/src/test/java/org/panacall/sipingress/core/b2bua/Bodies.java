// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

/** SDP as parties write it. */
final class Bodies {

    static final String A_LAW = audio("8 101", "sendrecv");
    static final String MU_LAW = audio("0 101", "sendrecv");
    static final String BOTH = audio("0 8 101", "sendrecv");
    static final String HELD = audio("8 101", "sendonly");
    static final String G729 = audio("18", "sendrecv");
    static final String BROKEN = "v=0\r\nthis is not SDP\r\n";

    private Bodies() {}

    static String audio(String formats, String direction) {
        return String.join(
                "\r\n",
                "v=0",
                "o=party 1 1 IN IP4 127.0.0.2",
                "s=-",
                "c=IN IP4 127.0.0.2",
                "t=0 0",
                "m=audio 40000 RTP/AVP " + formats,
                "a=rtpmap:101 telephone-event/8000",
                "a=" + direction,
                "");
    }
}
