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

/** Messages that are listened to by telephone. */
class MessagesChecksTest {

    private static final String SOUND =
            """
            id: messages
            name: Messages
            entry: messages
            fallbackQueue: registry
            steps:
              - { id: messages, messages: { firstKeyTimeout: 4s },
                  exits: { done: hello, unknown: bye } }
              - { id: hello, play: { prompts: [{ text: Bye }] }, exits: { done: bye } }
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
            value = {
                "firstKeyTimeout: 4s|firstKeyTimeout: 61s|messages.firstKeyTimeout: must be",
                ", unknown: bye||unknown",
                "done: hello|done: messages|leads back to itself",
                "text: Bye|recording: { recordingId: r }|those are not for flows to play"
            })
    void aMistakeIsNamedWithItsStepAndACure(String sound, String mistaken, String flaw) {
        // Given
        assertTrue(SOUND.contains(sound), sound);
        var replaced = mistaken == null ? "" : mistaken;
        var flow = FlowChecksTest.flow(SOUND.replace(sound, replaced));

        // When
        var flaws =
                FlowChecks.flaws(flow, AROUND).stream()
                        .map(one -> one.field() + ": " + one.message())
                        .toList();

        // Then
        assertTrue(flaws.stream().anyMatch(one -> one.contains(flaw)), flaws.toString());
    }
}
