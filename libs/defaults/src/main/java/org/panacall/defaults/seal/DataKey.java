// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one thing that is kept, never of two: AES-256-GCM, each part under its number, which
 * is its nonce. A number seals one part only.
 */
public final class DataKey {

    static final int BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    DataKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a data key has " + BYTES + " bytes");
        }
        this.key = key.clone();
    }

    /** A fresh one. */
    public static DataKey random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new DataKey(bytes);
    }

    /** Seals a part. */
    public byte[] seal(long number, byte[] plain) {
        return run(Cipher.ENCRYPT_MODE, number, plain);
    }

    /**
     * Opens a part.
     *
     * @throws IllegalArgumentException when it is torn, changed, or another one's
     */
    public byte[] open(long number, byte[] sealed) {
        return run(Cipher.DECRYPT_MODE, number, sealed);
    }

    private byte[] run(int mode, long number, byte[] part) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            var nonce = ByteBuffer.allocate(NONCE).putInt(0).putLong(number).array();
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(part);
        } catch (GeneralSecurityException fault) {
            throw new IllegalArgumentException("a sealed part cannot be opened", fault);
        }
    }

    byte[] bytes() {
        return key.clone();
    }
}
