// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

/** What one shard counts: written by its media thread, read by the metrics. */
public final class Counters {

    /** Legs open now. */
    public final Counter legs = new Counter();

    /** Bridges now. */
    public final Counter bridges = new Counter();

    /** Rooms in which somebody is now. */
    public final Counter rooms = new Counter();

    /** Legs in rooms now. */
    public final Counter participants = new Counter();

    /** Who was not let into a room because it was full. */
    public final Counter roomsFull = new Counter();

    public final Counter received = new Counter();
    public final Counter sent = new Counter();
    public final Counter malformed = new Counter();

    /** Packets dropped because nobody knows their sender. */
    public final Counter strangers = new Counter();

    /** Packets kept for a while because their sender may become known. */
    public final Counter held = new Counter();

    /** Packets of parties that have just left. */
    public final Counter drained = new Counter();

    /** Of legs that were closed. */
    public final Counter lost = new Counter();

    /** Of legs that were closed. */
    public final Counter late = new Counter();

    /** Frames given on without decoding. */
    public final Counter passedThrough = new Counter();

    /** Frames that were decoded, summed and encoded. */
    public final Counter mixed = new Counter();

    public final Counter sendFailures = new Counter();

    /** Bugs of ours that a packet or a frame met. */
    public final Counter faults = new Counter();

    /** Sub-ticks left out because the process stood still for too long. */
    public final Counter ticksSkipped = new Counter();

    /** Sum of the lateness of all sub-ticks. */
    public final Counter tickLateNanos = new Counter();

    public final Counter ticks = new Counter();
}
