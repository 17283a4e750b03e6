// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

/** SDP as parties write it. */
public final class Bodies {

    public static final String A_LAW = audio("8 101", "sendrecv");
    public static final String MU_LAW = audio("0 101", "sendrecv");
    public static final String BOTH = audio("0 8 101", "sendrecv");
    public static final String HELD = audio("8 101", "sendonly");
    public static final String G729 = audio("18", "sendrecv");
    public static final String BROKEN = "v=0\r\nthis is not SDP\r\n";

    private Bodies() {}

    public static String audio(String formats, String direction) {
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
