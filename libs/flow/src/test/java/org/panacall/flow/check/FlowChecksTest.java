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
import org.panacall.flow.document.FlowDocument;
import org.panacall.proto.directory.v1.Flow;

/** One mistake at a time in a sound flow: it is named with its step and with what to do. */
class FlowChecksTest {

    static final String SOUND =
            """
            id: main
            name: Main menu
            entry: hours
            fallbackQueue: registry
            languages: [ru, en]
            variables:
              - { name: contract, kind: text }
              - { name: tries, kind: number, initial: "0" }
            steps:
              - { id: hours, hours: { calendar: main }, exits: { open: menu, closed: bye } }
              - id: menu
                menu:
                  prompts: [{ id: menu, texts: { ru: "Один", en: "One" } }]
                  keys: ["1", "2", "3"]
                  maxAttempts: 3
                exits: { "1": ask, "2": count, "3": sub, no-input: queue, invalid: queue }
              - id: ask
                collect:
                  prompts: [{ texts: { ru: "Номер", en: "Number" } }]
                  variable: contract
                  maxDigits: 6
                  maxAttempts: 2
                  valid: "contract != '000000'"
                exits: { done: queue, no-input: queue, invalid: queue }
              - id: count
                set: { assignments: [{ variable: tries, value: tries + 1 }] }
                exits: { done: again }
              - { id: again, loop: { times: 3 }, exits: { again: count, over: queue } }
              - id: sub
                subFlow:
                  flow: ask-name
                  arguments: { first: contract }
                  results: { tries: count }
                exits: { got: queue }
              - { id: queue, queue: { id: registry, computed: { contract: contract } } }
              - { id: bye, hangUp: { reason: closed } }
            """;

    private static final String SUB =
            """
            id: ask-name
            name: Ask
            subFlow: true
            entry: end
            variables: [{ name: first, kind: text }, { name: count, kind: number }]
            steps: [{ id: end, finish: { exit: got } }]
            """;

    private static final FlowAround AROUND =
            new FlowAround(
                    "ru",
                    Set.of("registry"),
                    Set.of("103"),
                    Set.of("main"),
                    Set.of("vip"),
                    Map.of("ask-name", flow(SUB)));

    static Flow flow(String document) {
        var read = FlowDocument.read(document);
        assertEquals(List.of(), read.flaws());
        return read.flow();
    }

    @Test
    void aSoundFlowHasNoFlaws() {
        assertEquals(List.of(), FlowChecks.flaws(flow(SOUND), AROUND));
        assertEquals(List.of(), FlowChecks.flaws(flow(SUB), AROUND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"2\": count|\"2\": queue|steps(count): nobody comes here from 'hours'",
                "again: count, over: queue|again: count|steps(again).exits.over: is missing; say",
                "no-input: queue, i|no-input: nowhere, i|"
                        + "steps(menu).exits.no-input: there is no step 'nowhere'; known are [ag",
                "exits: { got: queue }|exits: { got: queue, lost: queue }|"
                        + "steps(sub).exits.lost: this step has no such exit, only [got]",
                ", en: \"One\"||steps(menu).menu.prompts[0]: has no words in en; give it a text",
                "queue: { id: registry,|queue: { id: dentist,|"
                        + "steps(queue).queue.id: there is no queue 'dentist'; known are [re",
                "calendar: main|calendar: night|there is no calendar 'night'; known are [main]",
                "variable: contract|variable: contrakt|"
                        + "steps(ask).collect.variable: there is no variable 'contrakt'; decl",
                "value: tries + 1|value: trie + 1|"
                        + "steps(count).set.assignments[0].value: there is no variable 'trie'",
                "value: tries + 1|value: contract|is a text, must be a whole number",
                "valid: \"contract != '000000'\"|valid: contract|steps(ask).collect.valid: is a te",
                "loop: { times: 3 }|loop: { times: 0 }|loop.times: must be between 1 and 100",
                "loop: { times: 3 }, exits: { again: count, over: queue }|"
                        + "wait: { time: 1s }, exits: { done: count }|"
                        + "steps(count): leads back to itself without asking the caller; add a",
                "flow: ask-name|flow: ask-nam|there is no sub-flow 'ask-nam'; known are [ask-name]",
                "first: contract|last: contract|there is no variable of the sub-flow 'last'",
                "tries: count }|contract: count }|holds a text, must hold a whole number",
                "name: tries|name: caller|variables[1].name: belongs to the call; choose another",
                "initial: \"0\"|initial: zero|variables[1].initial: must be a whole number",
                "languages: [ru, en]|languages: [ru, en, de]|languages: there is no language 'de'",
                "entry: hours|entry: start|entry: there is no step 'start'",
                "fallbackQueue: registry|fallbackQueue: ''|fallbackQueue: there is no queue",
                "hangUp: { reason: closed }|finish: { exit: bye }|bye).finish: is for sub-flows",
                "keys: [\"1\", \"2\", \"3\"]|keys: [\"1\", \"2\", \"33\"]|'33' is no key",
                "id: again,|id: count,|steps[4].id: 'count' is there twice; choose another",
                "maxDigits: 6|maxDigits: 60|maxDigits: must be between 1 and 32"
            })
    void aMistakeIsNamedWithItsStepAndACure(String sound, String mistaken, String flaw) {
        // Given
        assertTrue(SOUND.contains(sound), sound);
        var flow = flow(SOUND.replace(sound, mistaken == null ? "" : mistaken));

        // When
        var flaws =
                FlowChecks.flaws(flow, AROUND).stream()
                        .map(one -> one.field() + ": " + one.message())
                        .toList();

        // Then
        assertTrue(flaws.stream().anyMatch(one -> one.contains(flaw)), flaws.toString());
    }

    @Test
    void aFlowThatIsItsOwnSubFlowIsRefused() {
        // Given
        var flow =
                flow(
                        SUB.replace("entry: end", "entry: self")
                                .replace(
                                        "steps: [",
                                        "steps: [{ id: self, subFlow: { flow: ask-name },"
                                                + " exits: { got: end } }, "));

        // When
        var flaws = FlowChecks.flaws(flow, AROUND);

        // Then
        assertTrue(
                flaws.stream().anyMatch(one -> one.message().contains("ask-name → ask-name")),
                flaws.toString());
    }
}
