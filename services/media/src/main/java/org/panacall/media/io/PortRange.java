// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.io;

import java.util.regex.Pattern;

/** Ports that a node may bind, both included; "0" lets the system choose. */
public record PortRange(int first, int last) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,5})");
    private static final int PORT_MAX = 0xffff;

    public PortRange {
        boolean chosenBySystem = first == 0 && last == 0;
        if (!chosenBySystem && (first < 1 || last > PORT_MAX || last - first < 1)) {
            throw new IllegalArgumentException("not a range of ports: " + first + "-" + last);
        }
    }

    /** Reads "24000-24999" or "0". */
    public static PortRange of(String text) {
        if ("0".equals(text.strip())) {
            return new PortRange(0, 0);
        }
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("panacall.rtp.ports is no range: " + text);
        }
        return new PortRange(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    boolean any() {
        return first == 0;
    }

    int firstEven() {
        return first + (first & 1);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
