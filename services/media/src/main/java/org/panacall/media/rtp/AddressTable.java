// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.rtp;

/**
 * Map from a remote's key to what is known of it, without boxing: looked up once for every packet.
 * Open addressing, at most half full.
 *
 * <p>Owned by the media thread.
 */
public final class AddressTable<T> {

    private long[] keys = new long[64];
    private Object[] values = new Object[64];
    private int size;

    public int size() {
        return size;
    }

    /** What was put under the key, or null. */
    @SuppressWarnings("unchecked")
    public T get(long key) {
        for (int i = start(key); values[i] != null; i = next(i)) {
            if (keys[i] == key) {
                return (T) values[i];
            }
        }
        return null;
    }

    /** Puts a value, in place of an earlier one. */
    public void put(long key, T value) {
        if (2 * (size + 1) > keys.length) {
            grow();
        }
        int i = start(key);
        while (values[i] != null && keys[i] != key) {
            i = next(i);
        }
        if (values[i] == null) {
            size++;
        }
        keys[i] = key;
        values[i] = value;
    }

    /** Removes a key, if it is there. */
    public void remove(long key) {
        int i = start(key);
        while (values[i] != null && keys[i] != key) {
            i = next(i);
        }
        if (values[i] == null) {
            return;
        }
        size--;
        closeGap(i);
    }

    /** Moves later entries of the same run back, so that no search stops early. */
    private void closeGap(int gap) {
        int mask = keys.length - 1;
        for (int i = next(gap); values[i] != null; i = next(i)) {
            int distanceHome = i - start(keys[i]) & mask;
            int distanceGap = i - gap & mask;
            if (distanceHome >= distanceGap) {
                keys[gap] = keys[i];
                values[gap] = values[i];
                gap = i;
            }
        }
        values[gap] = null;
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int at = start(oldKeys[i]);
                while (values[at] != null) {
                    at = next(at);
                }
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }

    private int start(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & keys.length - 1;
    }

    private int next(int i) {
        return i + 1 & keys.length - 1;
    }
}
