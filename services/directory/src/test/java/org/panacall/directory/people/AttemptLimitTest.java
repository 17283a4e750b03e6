// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void failuresAreForgottenAfterAMinute() {
        // Given
        var limit = new AttemptLimit(2);
        limit.failed("user", NOON);
        limit.failed("user", NOON.plusSeconds(10));

        // When
        var within = limit.wait("user", NOON.plusSeconds(20));
        var after = limit.wait("user", NOON.plusSeconds(60));

        // Then
        assertEquals(Optional.of(Duration.ofSeconds(40)), within);
        assertEquals(Optional.empty(), after);
    }

    @Test
    void successForgetsFailures() {
        // Given
        var limit = new AttemptLimit(1);
        limit.failed("user", NOON);

        // When
        limit.succeeded("user");

        // Then
        assertEquals(Optional.empty(), limit.wait("user", NOON));
    }

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        // Given
        var passwords = new Passwords(1000);

        // When
        var hash = passwords.hash("secret");

        // Then
        assertTrue(passwords.matches("secret", hash));
        assertFalse(passwords.matches("Secret", hash));
        assertFalse(passwords.matches("secret", passwords.nobodys()));
    }

    @Test
    void aPhonesSecretIsReadWithTheSameKeyOnly() {
        // Given
        var stored = new PhoneSecrets("a secret of our own").encrypt("text");

        // When
        var read = new PhoneSecrets("a secret of our own").decrypt(stored);

        // Then
        assertEquals("text", read);
        assertThrows(
                IllegalStateException.class,
                () -> new PhoneSecrets("another secret, long").decrypt(stored));
    }
}
