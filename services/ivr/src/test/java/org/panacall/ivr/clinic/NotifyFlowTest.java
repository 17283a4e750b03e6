// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.flow.check.FlowAround;
import org.panacall.flow.check.FlowChecks;
import org.panacall.flow.document.FlowDocument;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.NotificationRequested;
import org.panacall.ivr.core.IvrEvent.Sent;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.outside.Notification.Way;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;

/** Flows that have messages sent. */
class NotifyFlowTest {

    private static final String FLOW =
            """
            id: told
            name: Told
            entry: ask
            fallbackQueue: registry
            languages: [ru, en]
            variables: [{ name: code, kind: text }]
            steps:
              - id: ask
                collect: { prompts: [{ texts: { ru: "Код", en: "Code" } }], variable: code,
                           minDigits: 2, maxDigits: 2, maxAttempts: 1 }
                exits: { done: english, no-input: sms, invalid: sms }
              - { id: english, language: { language: en }, exits: { done: sms } }
              - id: sms
                notify:
                  kind: sms
                  texts:
                    - { language: ru, text: "Код {code}" }
                    - { language: en, text: "Code {code}, {digits}" }
                exits: { done: mail, failed: anonymous }
              - id: mail
                notify: { kind: email, template: visit, values: { code: code, from: caller.number },
                          to: '"a@clinic.example"' }
                exits: { done: round }
              - { id: round, loop: { times: 7 }, exits: { again: sms, over: bye } }
              - { id: anonymous, hangUp: { reason: anonymous } }
              - { id: bye, hangUp: {} }
            """
                    .replace("{digits}", "{code}");

    private static List<Rehearsal.Moment> through(String number, String... keys) {
        var read = FlowDocument.read(FLOW);
        assertEquals(List.of(), read.flaws());
        var tenant = ExampleClinic.tenant().toBuilder().addFlows(read.flow()).build();
        assertEquals(List.of(), FlowChecks.flaws(read.flow(), FlowAround.of(tenant)));
        var catalog = ExampleClinic.catalog(tenant);
        return Rehearsal.of(
                ExampleClinic.caller(number, ExampleClinic.NUMBER),
                catalog.drawing(catalog.flows().get(new FlowId("told"))),
                ExampleClinic.LIMITS,
                List.of(keys),
                Instant.EPOCH);
    }

    private static <F> List<F> facts(List<Rehearsal.Moment> moments, Class<F> kind) {
        return moments.stream()
                .filter(Happened.class::isInstance)
                .map(moment -> ((Happened) moment).event().fact())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Test
    void aMessageIsInTheCallersLanguageWithWhatIsKnown() {
        // When
        var asked = facts(through("+79160000001", "42"), NotificationRequested.class);

        // Then
        var sms = asked.getFirst();
        assertEquals("notification_call_1_sms_1", sms.id());
        assertEquals(Way.SMS, sms.way());
        assertEquals("+79160000001", sms.sent().to());
        assertEquals("en", sms.sent().language());
        assertEquals("Code 42, 42", sms.sent().text());
        var mail = asked.get(1);
        assertEquals(Way.EMAIL, mail.way());
        assertEquals("a@clinic.example", mail.sent().to());
        assertEquals("visit", mail.sent().template());
        assertEquals(Map.of("code", "42", "from", "+79160000001"), mail.sent().values());
        assertEquals("", mail.sent().text());
    }

    @Test
    void withoutALanguageItIsInTheClinics() {
        // When
        var asked = facts(through("+79160000001"), NotificationRequested.class);

        // Then
        assertEquals("Код ", asked.getFirst().sent().text());
        assertEquals("ru", asked.getFirst().sent().language());
    }

    @Test
    void whoHidesHisNumberTakesTheExitForThat() {
        // When
        var moments = through("", "42");

        // Then
        assertEquals(List.of(), facts(moments, NotificationRequested.class));
        assertEquals("anonymous", facts(moments, FlowFinished.class).getFirst().reason().reason());
    }

    @Test
    void aStepSendsFiveTimesACallAtMostAndEachHasAnIdOfItsOwn() {
        // When
        var asked = facts(through("+79160000001", "42"), NotificationRequested.class);

        // Then
        assertEquals(10, asked.size());
        assertEquals(10, asked.stream().map(NotificationRequested::id).distinct().count());
    }

    @Test
    void nothingPersonalIsPrinted() {
        // Given
        var sent = new Sent("+79160000001", "ru", "", new java.util.TreeMap<>(), "", "Код 42");

        // When
        var printed = new NotificationRequested("notification_1", Way.SMS, sent).toString() + sent;

        // Then
        assertFalse(printed.contains("7916"), printed);
        assertFalse(printed.contains("42"), printed);
        assertTrue(printed.contains("notification_1"), printed);
    }
}
