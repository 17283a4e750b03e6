// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;

/**
 * Packets of unknown senders, kept for at most 200 ms: media often comes before the SDP answer that
 * tells its address. At most 20 of one sender, so that a flood does not push out a party, and 512
 * in all; what does not fit is dropped.
 *
 * <p>Owned by the media thread.
 */
final class HeldPackets {

    static final int BYTES_MAX = 512;

    private static final int SLOTS = 512;
    private static final int OF_ONE_SENDER_MAX = 20;
    private static final long HOLD_NANOS = 200_000_000;

    private final byte[][] packets = new byte[SLOTS][BYTES_MAX];
    private final int[] lengths = new int[SLOTS];
    private final long[] senders = new long[SLOTS];
    private final long[] arrivals = new long[SLOTS];
    private int first;
    private int count;

    /** Gets each packet of a sender, in order of arrival. */
    interface Taker {

        void take(ByteBuffer packet, long arrivedAt);
    }

    /** False when the packet cannot be kept. */
    boolean hold(ByteBuffer packet, long sender, long now) {
        if (count == SLOTS || packet.limit() > BYTES_MAX || ofSender(sender) >= OF_ONE_SENDER_MAX) {
            return false;
        }
        int slot = (first + count++) % SLOTS;
        packet.get(0, packets[slot], 0, packet.limit());
        lengths[slot] = packet.limit();
        senders[slot] = sender;
        arrivals[slot] = now;
        return true;
    }

    /** Gives a sender's packets to somebody who knows it now. */
    void release(long sender, Taker taker) {
        for (int i = 0; i < count; i++) {
            int slot = (first + i) % SLOTS;
            if (senders[slot] == sender) {
                senders[slot] = 0;
                taker.take(ByteBuffer.wrap(packets[slot], 0, lengths[slot]), arrivals[slot]);
            }
        }
    }

    /** Drops what is too old; how many were still strangers. */
    int expire(long now) {
        int strangers = 0;
        while (count > 0 && now - arrivals[first] >= HOLD_NANOS) {
            strangers += senders[first] == 0 ? 0 : 1;
            first = (first + 1) % SLOTS;
            count--;
        }
        return strangers;
    }

    private int ofSender(long sender) {
        int packetsOfSender = 0;
        for (int i = 0; i < count; i++) {
            packetsOfSender += senders[(first + i) % SLOTS] == sender ? 1 : 0;
        }
        return packetsOfSender;
    }
}
