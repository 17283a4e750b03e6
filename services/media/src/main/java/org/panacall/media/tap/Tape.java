// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.tap;

/**
 * Bytes on their way from the media thread to the disk: a ring for one that writes and one that
 * reads. Neither waits, neither allocates.
 */
public final class Tape {

    private final byte[] ring;
    private final int mask;
    private volatile long written;
    private volatile long read;

    /**
     * @param sizeLog2 bytes, as a power of two
     */
    public Tape(int sizeLog2) {
        ring = new byte[1 << sizeLog2];
        mask = ring.length - 1;
    }

    /** Takes all of it or, when there is no room, nothing: false. Of the writer. */
    boolean write(byte[] bytes) {
        long at = written;
        if (at + bytes.length - read > ring.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            ring[(int) (at + i) & mask] = bytes[i];
        }
        written = at + bytes.length;
        return true;
    }

    /** Fills in what there is; how much that was. Of the reader. */
    public int read(byte[] into) {
        long at = read;
        int count = (int) Math.min(into.length, written - at);
        for (int i = 0; i < count; i++) {
            into[i] = ring[(int) (at + i) & mask];
        }
        read = at + count;
        return count;
    }

    /** Bytes that wait for the reader. */
    public long waiting() {
        return written - read;
    }
}
