// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The key of one thing that is kept, never of two: AES-256-GCM, each part under its number, which
 * is its nonce. A number seals one part only.
 */
public final class DataKey {

    static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;
    private final Gcm cipher;

    DataKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a data key has " + BYTES + " bytes");
        }
        this.key = key.clone();
        cipher = new Gcm(key);
    }

    /** A fresh one. */
    public static DataKey random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new DataKey(bytes);
    }

    /** Seals a part. */
    public byte[] seal(long number, byte[] plain) {
        return cipher.seal(nonce(number), plain);
    }

    /**
     * Opens a part.
     *
     * @throws IllegalArgumentException when it is torn, changed, or another one's
     */
    public byte[] open(long number, byte[] sealed) {
        return cipher.open(nonce(number), sealed);
    }

    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(Gcm.NONCE_BYTES).putInt(0).putLong(number).array();
    }

    byte[] bytes() {
        return key.clone();
    }
}
