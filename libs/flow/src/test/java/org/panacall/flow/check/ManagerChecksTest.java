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
import org.panacall.flow.http.AllowedHosts;

/** The step manager, when it asks the clinic's own system. */
class ManagerChecksTest {

    private static final String SOUND =
            """
            id: owner
            name: Owner
            entry: menu
            fallbackQueue: registry
            variables: [{ name: owner, kind: text }, { name: code, kind: number }]
            steps:
              - id: menu
                menu: { prompts: [{ text: "One" }], keys: ["1"] }
                exits: { "1": ask, no-input: ask, invalid: ask }
              - id: ask
                manager:
                  sources: [last-talk, crm]
                  variable: owner
                  crm: { url: "https://crm.clinic.ru/owner?phone={caller.number}", retries: 1 }
                  crmExtension: /owner/extension
                exits: { found: lead, not-found: queue }
              - { id: lead, transfer: { computed: owner } }
              - { id: queue, queue: { id: registry } }
            """;

    private static final FlowAround AROUND =
            new FlowAround(
                    "ru",
                    Set.of("registry"),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Map.of(),
                    AllowedHosts.of(List.of("crm.clinic.ru")),
                    List.of());

    @Test
    void aSoundFlowHasNoFlawsAndAMenuAsksThreeTimesUnlessItSaysOtherwise() {
        var flow = FlowChecksTest.flow(SOUND);
        assertEquals(List.of(), FlowChecks.flaws(flow, AROUND));
        assertEquals(3, flow.getSteps(0).getMenu().getMaxAttempts());
        assertEquals(5, flow.getSteps(1).getManager().getCrm().getTimeout().getSeconds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[last-talk, crm]|[last-talk]|manager.sources: crm is not among them; add it",
                "crm: {|http: {|manager.http: is not known here",
                "crm.clinic|mis.clinic|manager.crm.url: this server may not be asked",
                "retries: 1|status: code|manager.crm: gives the extension alone; leave out",
                "/owner/extension|owner|manager.crmExtension: must be a JSON pointer",
                "crm: { url: \"https://crm.clinic.ru/owner?phone={caller.number}\", retries: 1 }||"
                        + "manager.crm: is missing; say how the clinic's own system is asked",
            })
    void aMistakeIsNamedWithItsStepAndACure(String sound, String mistaken, String flaw) {
        // Given
        assertTrue(SOUND.contains(sound), sound);
        var document = SOUND.replace(sound, mistaken == null ? "" : mistaken);
        var read = FlowDocument.read(document);

        // When
        var flaws =
                (read.flaws().isEmpty() ? FlowChecks.flaws(read.flow(), AROUND) : read.flaws())
                        .stream().map(one -> one.field() + ": " + one.message()).toList();

        // Then
        assertTrue(flaws.stream().anyMatch(one -> one.contains(flaw)), flaws.toString());
    }
}
