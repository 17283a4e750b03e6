// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ByIdTest {

    private final ById<CallId, String> calls = new ById<>();

    private static CallId id(String value) {
        return new CallId(value);
    }

    @Test
    void whatIsKeptIsInTheOrderOfIdsHoweverItCame() {
        // Given
        calls.put(id("c"), "third");
        calls.put(id("a"), "gone");
        calls.put(id("b"), "second");

        // When
        assertEquals("gone", calls.remove(id("a")));
        calls.computeIfAbsent(id("a"), () -> "first");

        // Then
        assertEquals(List.of("first", "second", "third"), List.copyOf(calls.values()));
        assertEquals(List.of(id("a"), id("b"), id("c")), calls.ids());
        assertEquals(3, calls.values().size());
    }

    @Test
    void theNewestOfAnIdCounts() {
        // Given
        assertNull(calls.put(id("a"), "old"));

        // When
        assertEquals("old", calls.put(id("a"), "new"));

        // Then
        assertEquals(Optional.of("new"), calls.find(id("a")));
        assertEquals("new", calls.computeIfAbsent(id("a"), () -> "unused"));
        assertTrue(calls.find(id("b")).isEmpty());
        assertNull(calls.remove(id("b")));
    }
}
