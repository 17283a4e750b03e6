// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What SIP digest needs of a password (HA1, RFC 2617), kept encrypted by AES-256-GCM because it is
 * as good as the password itself. Twelve bytes of nonce stand before the cipher text.
 */
public final class PhoneSecrets {

    private static final int SECRET_LENGTH_MIN = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public PhoneSecrets(String secret) {
        this(secret, "phone secrets:");
    }

    private PhoneSecrets(String secret, String purpose) {
        if (secret.length() < SECRET_LENGTH_MIN) {
            throw new IllegalArgumentException(
                    "panacall.directory.secret must have at least "
                            + SECRET_LENGTH_MIN
                            + " characters");
        }
        key = new SecretKeySpec(digest("SHA-256", purpose + secret), "AES");
    }

    /** For secrets that are shared with servers outside, by another key. */
    public static PhoneSecrets ofServers(String secret) {
        return new PhoneSecrets(secret, "server secrets:");
    }

    /** MD5 of user:realm:password in hexadecimal; the realm is the SIP domain. */
    public static String ha1(String user, String realm, String password) {
        return HexFormat.of().formatHex(digest("MD5", user + ":" + realm + ":" + password));
    }

    /** SHA-256 in hexadecimal, for tokens that are long and random themselves. */
    public static String fingerprint(String token) {
        return HexFormat.of().formatHex(digest("SHA-256", token));
    }

    public byte[] encrypt(String text) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            var stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
            return stored;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no AES-GCM", missing);
        }
    }

    /**
     * @throws IllegalStateException when it was encrypted with another secret
     */
    public String decrypt(byte[] stored) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(TAG_BITS, stored, 0, NONCE_BYTES));
            return new String(
                    cipher.doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(
                    "it was encrypted with another panacall.directory.secret", fault);
        }
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm)
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + algorithm, missing);
        }
    }
}
