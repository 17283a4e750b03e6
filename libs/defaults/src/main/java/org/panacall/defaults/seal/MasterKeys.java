// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that wrap data keys: the newest wraps, any of them unwraps, so that a secret is changed by
 * putting a new one in front of the old.
 */
public final class MasterKeys {

    private static final int SECRET_MIN = 16;
    private static final int ID = 8;

    private final List<Key> keys;

    private record Key(byte[] id, Gcm cipher) {}

    private MasterKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Of a setting.
     *
     * @param setting secrets of at least 16 characters, with commas between them, the newest first
     */
    public static MasterKeys of(String setting) {
        var keys = new ArrayList<Key>();
        for (var part : setting.split(",")) {
            var secret = part.strip();
            if (secret.length() < SECRET_MIN) {
                throw new IllegalArgumentException(
                        "a master key has at least " + SECRET_MIN + " characters");
            }
            keys.add(key(secret));
        }
        return new MasterKeys(keys);
    }

    private static Key key(String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var bytes = mac.doFinal("panacall master key".getBytes(StandardCharsets.UTF_8));
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Key(Arrays.copyOf(hash, ID), new Gcm(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Wraps a key.
     *
     * @param about what it is the key of; unwrapping wants the same
     */
    public byte[] wrap(DataKey key, String about) {
        var newest = keys.getFirst();
        var wrapped = newest.cipher().seal(about, key.bytes());
        return ByteBuffer.allocate(ID + wrapped.length).put(newest.id()).put(wrapped).array();
    }

    /**
     * The key again.
     *
     * @throws IllegalArgumentException when none of ours wrapped it, or it is another one's
     */
    public DataKey unwrap(byte[] wrapped, String about) {
        if (wrapped.length <= ID) {
            throw new IllegalArgumentException("not a wrapped key");
        }
        var id = Arrays.copyOf(wrapped, ID);
        var rest = Arrays.copyOfRange(wrapped, ID, wrapped.length);
        var master =
                keys.stream()
                        .filter(key -> Arrays.equals(key.id(), id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "the master key of this is not among ours"));
        return new DataKey(master.cipher().open(about, rest));
    }
}
