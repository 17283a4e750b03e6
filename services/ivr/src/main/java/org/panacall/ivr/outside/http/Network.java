// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Addresses that begin alike: "10.20.0.0/16", "fd12:3456::/32", or one of them: "10.20.0.5". */
record Network(InetAddress first, int bits) {

    private static final Pattern WRITTEN =
            Pattern.compile(
                    "((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");

    /**
     * @throws IllegalArgumentException when it is no network
     */
    static Network of(String written) {
        var matcher = WRITTEN.matcher(written.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(written + " is no network like 10.20.0.0/16");
        }
        var first = InetAddress.ofLiteral(matcher.group(1));
        int all = first.getAddress().length * Byte.SIZE;
        int bits = matcher.group(2) == null ? all : Integer.parseInt(matcher.group(2));
        if (bits > all) {
            throw new IllegalArgumentException(written + " has too long a prefix");
        }
        return new Network(first, bits);
    }

    boolean has(InetAddress address) {
        var ours = first.getAddress();
        var theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
