// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashes by PBKDF2-HMAC-SHA512 of the JDK, as {@code pbkdf2-sha512$iterations$salt$hash},
 * so that iterations can grow without breaking what is stored.
 */
public final class Passwords {

    private static final String KIND = "pbkdf2-sha512";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int LENGTH_MAX = 256;

    private final int iterations;
    private final SecureRandom random = new SecureRandom();
    private final String nobodys;

    public Passwords(int iterations) {
        this.iterations = iterations;
        nobodys = hash("nobody has this password");
    }

    /** The hash to store. */
    public String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var encoder = Base64.getEncoder();
        return KIND
                + "$"
                + iterations
                + "$"
                + encoder.encodeToString(salt)
                + "$"
                + encoder.encodeToString(derive(password, salt, iterations));
    }

    /** Whether the password is the one hashed. Takes as long when it is not. */
    public boolean matches(String password, String stored) {
        if (password.length() > LENGTH_MAX) {
            return false;
        }
        var parts = stored.split("\\$");
        if (parts.length != 4 || !parts[0].equals(KIND)) {
            throw new IllegalStateException("a stored password hash is of an unknown kind");
        }
        var salt = Base64.getDecoder().decode(parts[2]);
        var expected = Base64.getDecoder().decode(parts[3]);
        return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts[1])));
    }

    /** A hash to check the passwords of unknown people against, so that time tells nothing. */
    public String nobodys() {
        return nobodys;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        var characters = password.toCharArray();
        var key = new PBEKeySpec(characters, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no PBKDF2", missing);
        } finally {
            key.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }
}
