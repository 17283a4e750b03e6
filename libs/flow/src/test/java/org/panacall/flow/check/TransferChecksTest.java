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

/** Transfers with exits, numbers outside, and ratings. */
class TransferChecksTest {

    private static final String SOUND =
            """
            id: doctor
            name: Doctor
            entry: rate
            fallbackQueue: registry
            variables: [{ name: stars, kind: number }, { name: word, kind: text }]
            steps:
              - { id: rate, rate: { prompts: [{ text: Rate }], variable: stars, maxAttempts: 2 },
                  exits: { done: desk, no-input: desk, invalid: desk } }
              - { id: desk, transfer: { extension: "103", ringTimeout: 20s, onlyExtension: true },
                  exits: { no-answer: all, busy: all } }
              - id: all
                ringGroup:
                  members: [{ extension: "104" }, { number: "+78121112233" }]
                  order: escalating
                  ringTimeout: 15s
                  longest: 25s
                exits: { no-answer: senior, unavailable: senior }
              - { id: senior, transfer: { number: "+74951112233" }, exits: { failed: bye } }
              - { id: bye, hangUp: {} }
            """;

    private static final FlowAround AROUND =
            new FlowAround(
                    "ru",
                    Set.of("registry"),
                    Set.of("103", "104"),
                    Set.of(),
                    Set.of(),
                    Map.of(),
                    AllowedHosts.of(List.of()),
                    List.of("+7495", "+7812"));

    @Test
    void aSoundFlowHasNoFlaws() {
        assertEquals(List.of(), FlowChecks.flaws(FlowChecksTest.flow(SOUND), AROUND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "+74951112233|+88351000012|number: callers may not be led there; let the admin",
                "+74951112233|84951112233|number: must be a number with +",
                "\"103\"|\"999\"|steps(desk).transfer.extension: there is no person '999'",
                "{ number: \"+74|{ extension: \"103\", number: \"+74|leads to a person and to",
                "ringTimeout: 20s|ringTimeout: 200s|must be between 100ms and 120s",
                "\"104\"|\"999\"|ringGroup.members[0].extension: there is no person '999'",
                "+78121112233|+88351000012|members[1].number: callers may not be led there",
                "extension: \"104\"|``|ringGroup.members[0]: needs an extension or a number",
                "number: \"+78121112233\"|extension: \"104\"|members[1]: is there twice; keep one",
                "15s|90s|ringGroup.ringTimeout: must be between 100ms and 60s",
                "longest: 25s|longest: 4m|ringGroup.longest: must be between 100ms and 180s",
                "longest: 25s|afterTalkFlow: gone|ringGroup.afterTalkFlow: there is no flow 'gone'",
                "unavailable: senior|elsewhere: senior|no such exit, only [busy, failed, no-ans",
                "failed: bye|unavailable: bye|no such exit, only [busy, failed, no-answer]",
                "failed: bye|failed: desk|leads back to itself without asking the caller",
                "variable: stars|variable: word|rate.variable: holds a text, must hold a whole",
                "variable: stars|best: 10|rate.best: must be between 2 and 9",
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
