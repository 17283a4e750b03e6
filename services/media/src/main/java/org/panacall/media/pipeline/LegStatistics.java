// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

/**
 * What was measured on a leg; the fields are those of the contract.
 *
 * @param mos 1 to 4.5; 0 when nothing was received
 */
public record LegStatistics(Packets packets, double jitterMs, double roundTripMs, double mos) {

    /** Counts of packets. */
    public record Packets(long received, long sent, long lost, long late, long strangers) {}
}
