// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.engine.id.Ids;

/**
 * Ids of calls that clients place, and of callbacks that they ask for. The same Idempotency-Key of
 * the same caller gives the same call id in every instance and after a restart, and acd places a
 * call id once.
 *
 * <p>What a key stood for is remembered here for a while only to tell a client that it uses one key
 * for two requests.
 */
@ApplicationScoped
public class PlacedCalls {

    private static final int KEYS_MAX = 10_000;
    private static final int KEY_LENGTH_MAX = 255;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> requests =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > KEYS_MAX;
                }
            };

    /**
     * The id for a request.
     *
     * @param key null when the client sent none
     * @param request all that makes it another request
     */
    String id(Caller caller, String key, String request) {
        return id("call", caller, key, request);
    }

    /**
     * The id for a request to make something of this kind.
     *
     * @param kind the prefix of its ids
     */
    public String id(String kind, Caller caller, String key, String request) {
        if (key == null) {
            return Ids.next(kind);
        }
        if (key.isBlank() || key.length() > KEY_LENGTH_MAX) {
            throw Problem.mistake("Idempotency-Key", "must have 1 to 255 characters");
        }
        var id = kind + "_" + derived(caller.tenantId() + "\n" + caller.id() + "\n" + key);
        lock.lock();
        try {
            var known = requests.putIfAbsent(id, request);
            if (known != null && !known.equals(request)) {
                throw new Problem(ProblemKind.KEY_REUSED, "This key was used for another request.");
            }
        } finally {
            lock.unlock();
        }
        return id;
    }

    /** A UUID of version 8 (RFC 9562), made of a hash. */
    private static UUID derived(String text) {
        try {
            var hash =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
            var high = hash.getLong() & ~0xF000L | 0x8000L;
            var low = hash.getLong() >>> 2 | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
