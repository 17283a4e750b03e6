// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.flow.http.AllowedHosts;

/** Conferences. */
class ConferenceChecksTest {

    private static final String SOUND =
            """
            id: rooms
            name: Rooms
            entry: pin
            fallbackQueue: registry
            variables: [{ name: pin, kind: text }]
            steps:
              - { id: pin, collect: { prompts: [{ text: Code }], variable: pin, maxDigits: 4,
                  valid: "pin == '1234'", maxAttempts: 3 },
                  exits: { done: room, no-input: bye, invalid: bye } }
              - { id: room, conference: { room: "'room-' + dialled", participants: 10, longest: 1h,
                  leaveKey: "#" }, exits: { done: bye, full: bye } }
              - { id: bye, hangUp: {} }
            """;

    private static final FlowAround AROUND =
            new FlowAround(
                    "ru",
                    Set.of("registry"),
                    Set.of("103"),
                    Set.of(),
                    Set.of(),
                    Map.of(),
                    AllowedHosts.of(List.of()),
                    List.of());

    @Test
    void aSoundFlowHasNoFlaws() {
        assertEquals(List.of(), FlowChecks.flaws(FlowChecksTest.flow(SOUND), AROUND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "participants: 10|participants: 51|participants: must be between 2 and 50",
                "participants: 10|participants: 1|participants: must be between 2 and 50",
                "longest: 1h|longest: 9h|longest: must be between 100ms and 28800s",
                "leaveKey: \"#\"|leaveKey: \"5\"|leaveKey: must be # or *",
                "'room-' + dialled|1 + 2|conference.room",
                "'room-' + dialled|nobody|conference.room",
                "done: bye, full: bye|done: bye|full",
                "full: bye|full: room|leads back to itself"
            })
    void aMistakeIsNamedWithItsStepAndACure(String sound, String mistaken, String flaw) {
        // Given
        assertTrue(SOUND.contains(sound), sound);
        var flow = FlowChecksTest.flow(SOUND.replace(sound, mistaken));

        // When
        var flaws =
                FlowChecks.flaws(flow, AROUND).stream()
                        .map(one -> one.field() + ": " + one.message())
                        .toList();

        // Then
        assertTrue(flaws.stream().anyMatch(one -> one.contains(flaw)), flaws.toString());
    }
}
