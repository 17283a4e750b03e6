// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.lookup.ContactLookup;
import org.panacall.ivr.core.lookup.KnownContact;
import org.panacall.ivr.core.lookup.Responsibles;
import org.panacall.ivr.core.lookup.Target;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.ivr.core.rehearsal.Rehearsal.Heard;
import org.panacall.ivr.core.rehearsal.Rehearsal.Moment;

/** Who is known is looked for while he is greeted, and is led without being asked. */
class KnownPatientsTest {

    private static final Instant NOON = Instant.parse("2026-03-06T09:00:00Z");

    private static Catalog.Tenant catalog() {
        var tenant = ExampleClinic.tenant().toBuilder();
        tenant.getQueuesBuilderList()
                .forEach(
                        queue ->
                                queue.setExtension(
                                        queue.getQueueId().equals("cardiology") ? "603" : ""));
        return ExampleClinic.catalog(tenant.build());
    }

    private static KnownContact patient(String category, Target responsible) {
        var facts = new TreeMap<>(Map.of("contact.id", "contact_1"));
        if (!category.isEmpty()) {
            facts.put("contact.category", category);
        }
        return new KnownContact(
                facts,
                new TreeMap<>(Map.of("insurance", "A-17")),
                Optional.ofNullable(responsible),
                List.of());
    }

    private static Outcome found(KnownContact... patients) {
        var catalog = catalog();
        var lookup = new ContactLookup(new TreeMap<>(Map.of("insurance", "insurance")), true);
        return lookup.outcome(
                List.of(patients),
                new Responsibles(catalog.dialPlan(), catalog.around().calendars(), NOON));
    }

    private static List<Moment> rings(Map<String, Outcome> outcomes) {
        var catalog = catalog();
        return Rehearsal.of(
                ExampleClinic.caller("+79160000002", ExampleClinic.NUMBER),
                catalog.drawing(catalog.flows().get(new FlowId("own-registry"))),
                ExampleClinic.LIMITS,
                new Rehearsal.Replies(List.of("1", "1"), outcomes),
                NOON);
    }

    private static String end(List<Moment> moments) {
        return moments.stream()
                .filter(Happened.class::isInstance)
                .map(moment -> ((Happened) moment).event().fact())
                .filter(FlowFinished.class::isInstance)
                .map(fact -> ((FlowFinished) fact).target())
                .findFirst()
                .orElseThrow();
    }

    private static long prompts(List<Moment> moments) {
        return moments.stream().filter(Heard.class::isInstance).count();
    }

    private static boolean isAsked(List<Moment> moments) {
        return prompts(moments) > 1;
    }

    @Test
    void aKnownPatientComesStraightToHisOwnRegistry() {
        // When
        var cardiology = new Target.Registry(new QueueId("cardiology"));
        var rings = rings(Map.of("look", found(patient("existing", cardiology))));

        // Then
        assertEquals("cardiology", end(rings));
        assertFalse(isAsked(rings));
    }

    @Test
    void whosePersonalManagerHasLeftComesToTheOneWhoTalkedWithHimLast() {
        // Given
        var left = new Target.Person(new Extension("105"));
        var last = new Outcome("found", new TreeMap<>(Map.of("manager", "103")));

        // When
        var rings = rings(Map.of("look", found(patient("", left)), "manager", last));
        var nobody =
                rings(Map.of("look", found(patient("", left)), "manager", Outcome.of("not-found")));

        // Then
        assertEquals("103", end(rings));
        assertEquals("registry", end(nobody));
        assertFalse(isAsked(nobody));
    }

    @Test
    void aVipComesFirstAndToHisManagerIfThatOneIsThere() {
        // When
        var manager = new Target.Person(new Extension("104"));
        var rings = rings(Map.of("look", found(patient("vip", manager))));

        // Then
        assertEquals("registry", end(rings));
        assertFalse(isAsked(rings));
    }

    @Test
    void strangersAndThoseWhomNobodyCouldLookForAreAsked() {
        var stranger = rings(Map.of("look", Outcome.of("not-found")));
        assertEquals("registry", end(stranger));
        assertTrue(isAsked(stranger));
        assertTrue(isAsked(rings(Map.of())));
    }

    @Test
    void severalOfOneFamilyComeToTheRegistryThatAllOfThemHave() {
        var cardiology = new Target.Registry(new QueueId("cardiology"));
        var rings =
                rings(
                        Map.of(
                                "look",
                                found(patient("existing", cardiology), patient("", cardiology))));
        assertEquals("cardiology", end(rings));
    }
}
