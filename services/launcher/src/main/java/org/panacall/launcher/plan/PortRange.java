// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * UDP ports for RTP, both ends included; begins even and ends odd, as RTP and RTCP come in pairs.
 */
public record PortRange(int first, int last) {

    /** Where the kernel begins to hand out ports of its own; RTP must stay below. */
    private static final int EPHEMERAL_BEGIN = 32_768;

    public PortRange {
        if (first < 1024 || last >= EPHEMERAL_BEGIN || first >= last) {
            throw new IllegalArgumentException(
                    "RTP ports %d-%d: give a range within 1024-%d, such as 25000-31999"
                            .formatted(first, last, EPHEMERAL_BEGIN - 1));
        }
        if (first % 2 != 0 || last % 2 == 0) {
            throw new IllegalArgumentException(
                    "RTP ports %d-%d: a range begins even and ends odd".formatted(first, last));
        }
    }

    /** Reads {@code 25000-31999}. */
    public static PortRange parse(String text) {
        var ends = text.strip().split("-", -1);
        try {
            return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException(
                    "RTP ports '" + text + "': write first-last, such as 25000-31999", malformed);
        }
    }

    public int size() {
        return last - first + 1;
    }

    /** The first {@code size() - ports} ports. */
    public PortRange without(int ports) {
        return new PortRange(first, last - ports);
    }

    /** The last {@code ports} ports. */
    public PortRange tail(int ports) {
        return new PortRange(last - ports + 1, last);
    }

    /** Cuts the range into equal parts; ports that are left over stay unused. */
    public List<PortRange> split(int parts) {
        int each = size() / parts / 2 * 2;
        var ranges = new ArrayList<PortRange>(parts);
        for (int part = 0; part < parts; part++) {
            ranges.add(new PortRange(first + part * each, first + (part + 1) * each - 1));
        }
        return List.copyOf(ranges);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
