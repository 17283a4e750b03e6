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

/** Steps that have messages sent. */
class NotifyChecksTest {

    private static final String SOUND =
            """
            id: told
            name: Told
            entry: sms
            fallbackQueue: registry
            languages: [ru, en]
            variables: [{ name: address, kind: text }, { name: count, kind: number }]
            steps:
              - id: sms
                notify:
                  kind: sms
                  texts:
                    - { language: ru, text: "Вас ждут {count}" }
                    - { language: en, text: "You are awaited" }
                exits: { done: mail, failed: mail }
              - id: mail
                notify: { kind: email, template: visit, values: { n: count }, to: address }
                exits: { done: bye }
              - { id: bye, hangUp: {} }
            """;

    private static final FlowAround AROUND =
            new FlowAround("ru", Set.of("registry"), Set.of(), Set.of(), Set.of(), Map.of());

    @Test
    void aSoundFlowHasNoFlaws() {
        assertEquals(List.of(), FlowChecks.flaws(FlowChecksTest.flow(SOUND), AROUND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kind: sms|to: address|notify.kind: is missing; must be sms or email",
                "language: en|language: ru|notify.texts[1].language: is there twice; keep one",
                "language: en|language: uk|notify.texts: has no text in en; write one",
                "{count}|{count|notify.texts[0].text: has a { without a }",
                "{count}|{gone}|notify.texts[0].text:",
                "\"You are awaited\"|\"\"|notify.texts[1].text: must have 1 to 1000 characters",
                "You are awaited\"|x\", subject: \"y\"|texts[1].subject: is for e-mails; leave it",
                "to: address|to: count|notify.to:",
                "n: count|n: gone|notify.values.n:",
                ", to: address||notify.to: is missing; say to which address",
                "template: visit|template: Visit|notify.template: must be lower case letters",
                "done: bye|next: bye|no such exit, only [done",
            })
    void aMistakeIsNamedWithItsStepAndACure(String sound, String mistaken, String flaw) {
        // Given
        assertTrue(SOUND.contains(sound), sound);
        var flow = FlowChecksTest.flow(SOUND.replace(sound, mistaken == null ? "" : mistaken));

        // When
        var flaws =
                FlowChecks.flaws(flow, AROUND).stream()
                        .map(one -> one.field() + ": " + one.message())
                        .toList();

        // Then
        assertTrue(flaws.stream().anyMatch(one -> one.contains(flaw)), flaws.toString());
    }
}
