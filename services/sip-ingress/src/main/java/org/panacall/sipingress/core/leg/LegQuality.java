// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

/**
 * What media measured on a leg.
 *
 * @param jitterMs interarrival jitter of RFC 3550 §6.4.1
 * @param mos 1 to 4.5; 0 when nothing was received
 */
public record LegQuality(long packetsReceived, long packetsLost, double jitterMs, double mos) {

    /** Nothing is known. */
    public static final LegQuality UNKNOWN = new LegQuality(0, 0, 0, 0);
}
