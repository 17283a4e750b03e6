// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

class FlowDocumentTest {

    private static final String FLOW =
            """
            id: main
            name: Menu
            entry: menu
            fallbackQueue: registry
            steps:
              - id: menu
                menu:
                  prompts: [{ id: main-menu, text: "One: registry" }, { text: "Two: echo" }]
                  keys: ["1", "2"]
                  firstKeyTimeout: 4s
                  maxAttempts: 3
                exits: { "1": registry, "2": echo, no-input: registry, invalid: registry }
              - { id: registry, queue: { id: registry, attributes: { language: ru } } }
              - { id: echo, echo: {} }
            """;

    @Test
    void whatIsWrittenIsReadAgain() {
        // Given
        var flow = FlowDocument.read(FLOW).flow();

        // When
        var again = FlowDocument.read(FlowDocument.yaml(flow));

        // Then
        assertEquals(List.of(), again.flaws());
        assertEquals(flow, again.flow());
        assertEquals("main-menu", flow.getSteps(0).getMenu().getPrompts(0).getPromptId());
        assertEquals("One: registry", flow.getSteps(0).getMenu().getPrompts(0).getFallbackText());
        assertEquals("Two: echo", flow.getSteps(0).getMenu().getPrompts(1).getText());
        assertTrue(flow.getSteps(2).hasEcho());
    }

    @Test
    void jsonIsReadToo() {
        // When
        var read =
                FlowDocument.read(
                        """
                        {"id": "bye", "name": "Bye", "entry": "bye", "steps": [
                          {"id": "bye", "hangUp": {}}]}
                        """);

        // Then
        assertEquals(List.of(), read.flaws());
        assertTrue(read.flow().getSteps(0).hasHangUp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "maxAttempts: 3|attempts: 3|steps(menu).menu.attempts|is not known here; known are",
                "firstKeyTimeout: 4s|firstKeyTimeout: soon|"
                        + "steps(menu).menu.firstKeyTimeout|write it like 15s",
                "echo: {}|echo: 5|steps(echo).echo|must have fields of its own",
                "steps:|stepps:|stepps|is not known here",
                "id: main|id: {main|``|is neither YAML nor JSON"
            })
    void whatCannotBeReadIsExplained(String sound, String mistaken, String field, String why) {
        // When
        var flaws = FlowDocument.read(FLOW.replace(sound, mistaken)).flaws();

        // Then
        assertTrue(
                flaws.stream()
                        .anyMatch(
                                flaw -> flaw.field().equals(field) && flaw.message().contains(why)),
                flaws.toString());
    }

    @Test
    void differencesAreNamedByStep() {
        // Given
        var before = FlowDocument.read(FLOW).flow();
        var after =
                FlowDocument.read(
                                FLOW.replace("\"2\": echo", "\"2\": registry")
                                        .replace("  - { id: echo, echo: {} }\n", ""))
                        .flow();

        // When
        var changes = FlowDiff.between(before, after);

        // Then
        assertTrue(
                changes.contains(new FlowDiff.Change("steps(menu).exits.2", "echo", "registry")),
                changes.toString());
        assertTrue(changes.contains(new FlowDiff.Change("steps(echo).id", "echo", "")));
        assertEquals(2, changes.size(), changes.toString());
        assertEquals(List.of(), FlowDiff.between(before, before));
    }

    /** Documents that were torn, doubled and mixed up are read or refused with a reason. */
    @Test
    void mutilatedDocumentsAreRefusedWithAReasonOrRead() {
        var around =
                new FlowAround("ru", Set.of("registry"), Set.of(), Set.of(), Set.of(), Map.of());
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    for (int round = 0; round < 200; round++) {
                        var read = FlowDocument.read(mutilated(dice));
                        var flaws =
                                read.flaws().isEmpty()
                                        ? FlowChecks.flaws(read.flow(), around)
                                        : read.flaws();
                        flaws.forEach(flaw -> assertFalse(flaw.message().isBlank(), flaw.field()));
                    }
                });
    }

    private static String mutilated(Dice dice) {
        var text = new StringBuilder(FLOW);
        for (int blow = dice.between(1, 6); blow > 0; blow--) {
            int at = dice.below(text.length());
            int length = Math.min(dice.between(1, 30), text.length() - at);
            switch (dice.below(5)) {
                case 0 -> text.delete(at, at + length);
                case 1 -> text.insert(at, text.substring(at, at + length));
                case 2 -> text.insert(at, dice.oneOf(List.of("{", "]", ":", "&a", "*a", "\n")));
                case 3 -> text.setCharAt(at, (char) dice.between(1, 300));
                default -> text.insert(dice.below(text.length()), text.substring(at, at + length));
            }
        }
        return text.isEmpty() ? "-" : text.toString();
    }

    @Test
    void aDocumentThatIsTooLargeOrTooDeepIsRefused() {
        assertTrue(
                FlowDocument.read("a".repeat(300_000))
                        .flaws()
                        .getFirst()
                        .message()
                        .contains("lar"));
        assertFalse(FlowDocument.read("[".repeat(20_000)).flaws().isEmpty());
        assertFalse(FlowDocument.read("a: ".repeat(1)).flaws().isEmpty());
    }
}
