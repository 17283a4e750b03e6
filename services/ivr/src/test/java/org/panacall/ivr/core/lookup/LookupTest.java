// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.flow.Destination.ToExtension;
import org.panacall.ivr.core.flow.Destination.ToQueue;
import org.panacall.ivr.core.flow.DialPlan;
import org.panacall.ivr.core.id.Extension;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.lookup.KnownContact.Rule;
import org.panacall.ivr.core.lookup.ManagerLookup.Source;
import org.panacall.ivr.core.lookup.ManagerLookup.SourceAway;

/** Who rings, and who takes care of him, once directory and reporting have told what they know. */
class LookupTest {

    private static final Instant NOON = Instant.parse("2026-03-06T09:00:00Z");
    private static final Target MANAGER = new Target.Person(new Extension("103"));
    private static final Target LEAD = new Target.Person(new Extension("104"));
    private static final Target CARDIOLOGY = new Target.Registry(new QueueId("cardiology"));

    private static Responsibles at(Instant now) {
        var entries = new TreeMap<String, DialPlan.Entry>();
        for (var person : List.of("103", "104")) {
            entries.put(
                    person,
                    new DialPlan.Reach(new ToExtension(new Extension(person), Optional.empty())));
        }
        entries.put("602", new DialPlan.Reach(new ToQueue(new QueueId("cardiology"), Map.of())));
        entries.put("999", new DialPlan.Echo());
        return new Responsibles(new DialPlan(entries), new TreeMap<>(), now);
    }

    private static KnownContact contact(Target responsible, Rule... rules) {
        return new KnownContact(
                new TreeMap<>(Map.of("contact.id", "contact_1", "contact.category", "vip")),
                new TreeMap<>(Map.of("insurance", "A-17")),
                Optional.ofNullable(responsible),
                List.of(rules));
    }

    private static ContactLookup lookup(boolean several) {
        return new ContactLookup(new TreeMap<>(Map.of("policy", "insurance")), several);
    }

    private static ManagerLookup manager(List<Source> sources, String byDefault) {
        return new ManagerLookup(
                sources,
                List.of("104"),
                byDefault,
                "manager",
                new ManagerLookup.Reach("", Duration.ofDays(90)));
    }

    @Test
    void aContactIsKnownByWhatFlowsAskFor() {
        // When
        var outcome = lookup(false).outcome(List.of(contact(MANAGER)), at(NOON));

        // Then
        assertEquals("found", outcome.exit());
        assertEquals(
                Map.of(
                        "contact.found", "true",
                        "contact.id", "contact_1",
                        "contact.category", "vip",
                        "contact.responsible", "103",
                        "policy", "A-17"),
                outcome.values());
        assertFalse(outcome.toString().contains("A-17"));
    }

    @Test
    void nobodyIsNotFound() {
        assertEquals("not-found", lookup(false).outcome(List.of(), at(NOON)).exit());
    }

    @Test
    void ofSeveralIsKnownWhatTheyHaveInCommon() {
        // Given
        var mother = contact(CARDIOLOGY);
        var child =
                new KnownContact(
                        new TreeMap<>(Map.of("contact.id", "contact_2")),
                        new TreeMap<>(),
                        Optional.of(CARDIOLOGY),
                        List.of());

        // When
        var told = lookup(true).outcome(List.of(mother, child), at(NOON));
        var untold = lookup(false).outcome(List.of(mother, child), at(NOON));

        // Then
        assertEquals("several", told.exit());
        assertEquals("found", untold.exit());
        assertEquals(Map.of("contact.found", "true", "contact.responsible", "602"), told.values());
    }

    @Test
    void aRuleHoldsForItsTimeAlone() {
        // Given
        var rule = new Rule(LEAD, Optional.of(NOON), Optional.of(NOON.plusSeconds(3_600)), "");
        var contact = contact(MANAGER, rule);

        // Then
        assertEquals(Optional.of("103"), at(NOON.minusMillis(1)).of(contact));
        assertEquals(Optional.of("104"), at(NOON).of(contact));
        assertEquals(Optional.of("103"), at(NOON.plusSeconds(3_600)).of(contact));
    }

    @Test
    void aRuleWhoseCalendarIsGoneHoldsNever() {
        var rule = new Rule(LEAD, Optional.empty(), Optional.empty(), "gone");
        assertEquals(Optional.of("103"), at(NOON).of(contact(MANAGER, rule)));
    }

    @Test
    void whoLeftTheClinicTakesNoCalls() {
        var gone = new Target.Person(new Extension("105"));
        assertEquals(Optional.empty(), at(NOON).of(contact(gone)));
        assertEquals(
                Optional.empty(), at(NOON).of(contact(new Target.Person(new Extension("999")))));
        assertEquals(Optional.of("602"), at(NOON).of(contact(CARDIOLOGY)));
    }

    @Test
    void sourcesAreAskedInTheirOrderUntilOneKnowsSomebodyWhoMayBeLedTo() {
        // Given
        var lookup = manager(List.of(Source.LAST_TALK, Source.CONTACT), "");

        // When
        var excluded =
                lookup.outcome(
                        source -> Optional.of(source == Source.CONTACT ? "103" : "104"), at(NOON));
        var first = lookup.outcome(_ -> Optional.of("602"), at(NOON));
        var gone = lookup.outcome(_ -> Optional.of("105"), at(NOON));

        // Then
        assertEquals(Map.of("manager", "103"), excluded.values());
        assertEquals("found", excluded.exit());
        assertEquals(Map.of("manager", "602"), first.values());
        assertEquals("not-found", gone.exit());
    }

    @Test
    void aSourceThatIsAwayLeavesItToTheNext() {
        // Given
        var lookup = manager(List.of(Source.LAST_TALK, Source.CONTACT), "");

        // When
        var found =
                lookup.outcome(
                        source -> {
                            if (source == Source.LAST_TALK) {
                                throw new SourceAway(null);
                            }
                            return Optional.of("103");
                        },
                        at(NOON));
        var away =
                lookup.outcome(
                        _ -> {
                            throw new SourceAway(null);
                        },
                        at(NOON));

        // Then
        assertEquals(Map.of("manager", "103"), found.values());
        assertEquals("failed", away.exit());
    }

    @Test
    void whenNobodyIsFoundThereMayBeSomebodyByDefault() {
        var lookup = manager(List.of(Source.CONTACT), "103");
        var nobody = lookup.outcome(_ -> Optional.empty(), at(NOON));
        assertEquals(Map.of("manager", "103"), nobody.values());
        var gone = manager(List.of(Source.CONTACT), "105");
        assertEquals("not-found", gone.outcome(_ -> Optional.empty(), at(NOON)).exit());
    }
}
