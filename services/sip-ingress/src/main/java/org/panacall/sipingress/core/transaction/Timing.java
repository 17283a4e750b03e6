// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

/**
 * The timers of RFC 3261 §17 over UDP, in milliseconds.
 *
 * @param t1 estimate of a round trip
 * @param t2 longest interval between retransmissions
 * @param t4 longest life of a message in the network
 */
public record Timing(long t1, long t2, long t4) {

    /** 64*T1: timers B, F, H, J, L and M. */
    public long timeout() {
        return 64 * t1;
    }

    /** Timer D: how long retransmitted refusals of our INVITE may still come. */
    public long refusalLinger() {
        return Math.max(timeout(), 32_000);
    }

    /** The interval after this one: doubled, but not above T2. */
    public long next(long interval) {
        return Math.min(2 * interval, t2);
    }
}
