// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDocument;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.flow.NameBook;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.ivr.core.rehearsal.Rehearsal.Heard;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Tenant;

/** Callers who spell the name of whom they want. */
class DialByNameTest {

    private static final String FLOW =
            """
            id: names
            name: Names
            entry: spell
            fallbackQueue: registry
            steps:
              - id: spell
                dialByName:
                  prompts: [{ text: "Наберите фамилию" }]
                  invalidPrompts: [{ text: "Никого нет" }]
                  maxAttempts: 2
                exits: { no-input: silent, not-found: nobody }
              - { id: silent, hangUp: { reason: silent } }
              - { id: nobody, hangUp: { reason: nobody } }
            """;

    private static Tenant clinic() {
        var tenant = ExampleClinic.tenant().toBuilder();
        person(tenant, "201", "Анна Смирнова", true);
        person(tenant, "202", "Олена Їжак", true);
        person(tenant, "203", "John Smith", true);
        person(tenant, "204", "Пётр Тайный", false);
        for (int i = 0; i < 6; i++) {
            person(tenant, "21" + i, "Мария Попов" + "абвгде".charAt(i), true);
        }
        return tenant.addFlows(FlowDocument.read(FLOW).flow()).build();
    }

    private static void person(Tenant.Builder tenant, String extension, String name, boolean is) {
        tenant.addPeople(
                Person.newBuilder().setExtension(extension).setName(name).setListedByName(is));
    }

    private static List<Rehearsal.Moment> pressing(String... keys) {
        var tenant = clinic();
        var flow = tenant.getFlows(tenant.getFlowsCount() - 1);
        assertEquals(List.of(), FlowChecks.flaws(flow, FlowAround.of(tenant)));
        var catalog = ExampleClinic.catalog(tenant);
        return Rehearsal.of(
                ExampleClinic.caller("+79160000001", ExampleClinic.NUMBER),
                catalog.drawing(catalog.flows().get(new FlowId("names"))),
                ExampleClinic.LIMITS,
                List.of(keys),
                Instant.EPOCH);
    }

    private static String end(List<Rehearsal.Moment> moments) {
        return moments.stream()
                .filter(Happened.class::isInstance)
                .map(moment -> ((Happened) moment).event().fact())
                .filter(FlowFinished.class::isInstance)
                .map(FlowFinished.class::cast)
                .map(over -> over.target().isEmpty() ? over.reason().reason() : over.target())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> heard(List<Rehearsal.Moment> moments) {
        return moments.stream()
                .filter(Heard.class::isInstance)
                .flatMap(moment -> ((Heard) moment).prompts().stream())
                .map(prompt -> ((Prompt.Spoken) prompt).text())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Смирнова, 65465522",
        "Їжак, 4324",
        "Smith, 76484",
        "Müller, 65537",
        "Щъыьэюяґёє, 8889999233"
    })
    void lettersAreOnTheKeysAsTelephonesHaveThem(String name, String keys) {
        assertEquals(List.of(keys), NameBook.Entry.of(name, "1").words());
    }

    @ParameterizedTest
    @CsvSource({
        "654, 1, 201, 'Анна Смирнова. Чтобы соединиться, нажмите один."
                + " Чтобы набрать имя заново, нажмите звёздочку.'",
        "43#, 1, 202, 'Олена Їжак. Чтобы соединиться, нажмите один."
                + " Чтобы набрать имя заново, нажмите звёздочку.'",
        "764, 1, 203, 'John Smith. Чтобы соединиться, нажмите один."
                + " Чтобы набрать имя заново, нажмите звёздочку.'"
    })
    void theOnlyOneWhoFitsIsNamedAndReachedByOneKey(
            String letters, String key, String end, String said) {
        // When
        var moments = pressing(letters, key);

        // Then
        assertEquals(end, end(moments));
        assertEquals(List.of("Наберите фамилию", said), heard(moments));
    }

    @Test
    void whoIsOneOfManyIsAskedForMoreLettersAndThenForAKey() {
        // When
        var moments = pressing("55", "5522", "3");

        // Then
        var heard = heard(moments);
        assertEquals("Таких имён много. Наберите следующие буквы.", heard.get(1));
        assertTrue(heard.get(2).startsWith("Мария Попова: нажмите один. "), heard.get(2));
        assertEquals("212", end(moments));
    }

    @Test
    void whoIsNotMeantIsSpelledAgain() {
        // When
        var moments = pressing("654", "*", "764", "1");

        // Then
        assertEquals("203", end(moments));
        assertEquals("Наберите фамилию", heard(moments).get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "582, 99, nobody",
        "1, 0, nobody",
        "6#, *, nobody",
        "'', '', silent",
        "654, '', silent",
        "764, 9, silent"
    })
    void whomNobodyMayReachIsNotFound(String first, String second, String end) {
        assertEquals(end, end(pressing(first, second)));
    }
}
