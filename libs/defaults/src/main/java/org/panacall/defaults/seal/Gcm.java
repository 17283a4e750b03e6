// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM by one key. */
public final class Gcm {

    static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    /**
     * @param key of 32 bytes
     */
    public Gcm(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * Seals under a fresh nonce, which stands before what is sealed.
     *
     * @param about what it belongs to; opening wants the same
     */
    public byte[] seal(String about, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, about, plain);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    }

    /**
     * Opens what {@link #seal(String, byte[])} made.
     *
     * @throws IllegalArgumentException when it is torn, changed, or another one's
     */
    public byte[] open(String about, byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            throw new IllegalArgumentException("too short to be sealed");
        }
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        var rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return run(Cipher.DECRYPT_MODE, nonce, about, rest);
    }

    /** Seals under that nonce, which must be this one's only. */
    byte[] seal(byte[] nonce, byte[] plain) {
        return run(Cipher.ENCRYPT_MODE, nonce, "", plain);
    }

    /** Opens what was sealed under that nonce. */
    byte[] open(byte[] nonce, byte[] sealed) {
        return run(Cipher.DECRYPT_MODE, nonce, "", sealed);
    }

    private byte[] run(int mode, byte[] nonce, String about, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException fault) {
            throw new IllegalArgumentException("what is sealed cannot be opened", fault);
        }
    }
}
