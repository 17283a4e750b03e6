// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is sealed opens with its key only, and keys outlive a change of the secret. */
class MasterKeysTest {

    private static final String OLD = "the-secret-of-last-year";
    private static final String NEW = "the-secret-of-this-year";
    private static final byte[] WORDS = "запись".getBytes(StandardCharsets.UTF_8);

    @Test
    void aWrappedKeyOpensWhatWasSealed() {
        // Given
        var masters = MasterKeys.of(OLD);
        var key = DataKey.random();
        var sealed = key.seal(7, WORDS);

        // When
        var again = masters.unwrap(masters.wrap(key, "recording_1"), "recording_1");

        // Then
        assertArrayEquals(WORDS, again.open(7, sealed));
        assertFalse(new String(sealed, StandardCharsets.UTF_8).contains("запись"));
    }

    @Test
    void aNewSecretInFrontOpensWhatTheOldOneWrapped() {
        // Given
        var key = DataKey.random();
        var wrapped = MasterKeys.of(OLD).wrap(key, "recording_1");
        var sealed = key.seal(0, WORDS);

        // When
        var again = MasterKeys.of(NEW + "," + OLD).unwrap(wrapped, "recording_1");

        // Then
        assertArrayEquals(WORDS, again.open(0, sealed));
        assertThrows(
                IllegalArgumentException.class,
                () -> MasterKeys.of(NEW).unwrap(wrapped, "recording_1"));
    }

    @Test
    void whatWasChangedOrIsAnothersDoesNotOpen() {
        // Given
        var masters = MasterKeys.of(OLD);
        var key = DataKey.random();
        var sealed = key.seal(1, WORDS);
        var wrapped = masters.wrap(key, "recording_1");

        // When
        sealed[3] ^= 1;

        // Then
        assertThrows(IllegalArgumentException.class, () -> key.open(1, sealed));
        assertThrows(IllegalArgumentException.class, () -> key.open(2, key.seal(1, WORDS)));
        assertThrows(IllegalArgumentException.class, () -> masters.unwrap(wrapped, "recording_2"));
        assertThrows(IllegalArgumentException.class, () -> MasterKeys.of("short"));
    }
}
