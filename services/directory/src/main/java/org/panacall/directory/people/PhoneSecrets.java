// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.panacall.defaults.seal.Gcm;

/**
 * What SIP digest needs of a password (HA1, RFC 2617), kept encrypted by AES-256-GCM because it is
 * as good as the password itself.
 */
public final class PhoneSecrets {

    private static final int SECRET_LENGTH_MIN = 16;

    private final Gcm cipher;

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
        cipher = new Gcm(digest("SHA-256", purpose + secret));
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
        return cipher.seal("", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws IllegalStateException when it was encrypted with another secret
     */
    public String decrypt(byte[] stored) {
        try {
            return new String(cipher.open("", stored), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException fault) {
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
