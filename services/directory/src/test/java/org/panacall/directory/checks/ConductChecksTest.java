// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.DayHours;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.NotReadyReason;
import org.panacall.proto.directory.v1.OverflowAction;
import org.panacall.proto.directory.v1.OverflowRule;
import org.panacall.proto.directory.v1.OverflowWhen;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.SpecialDays;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WeeklyHours;

/** What queues do with calls that they do not keep, when they are open, and how agents work. */
class ConductChecksTest {

    private static final DayHours DAY =
            DayHours.newBuilder().setFrom("08:00").setUntil("20:00").build();

    @Test
    void soundRulesHaveNoFlaws() {
        // When
        var flaws =
                queue(
                        queue -> {
                            queue.setCalendarId("branch");
                            rule(queue, OverflowWhen.OVERFLOW_WHEN_CLOSED)
                                    .addThen(OverflowAction.newBuilder().setQueueId("paid"))
                                    .addThen(OverflowAction.newBuilder().setExtension("103"));
                            rule(queue, OverflowWhen.OVERFLOW_WHEN_FULL)
                                    .addThenBuilder()
                                    .getNumberBuilder()
                                    .setNumber("+74951112233");
                        });

        // Then
        assertEquals(List.of(), flaws);
    }

    @Test
    void aRuleSaysWhenAndWhatAndLeadsSomewhere() {
        assertQueueFlaw("atEntry[0].when", "say when", queue -> queue.addAtEntryBuilder());
        assertQueueFlaw(
                "atEntry[0].when",
                "for whileWaiting",
                queue -> rule(queue, OverflowWhen.OVERFLOW_WHEN_WAITED_TOO_LONG));
        assertQueueFlaw(
                "whileWaiting[0].when",
                "for atEntry",
                queue -> waiting(queue, OverflowWhen.OVERFLOW_WHEN_FULL));
        assertQueueFlaw(
                "whileWaiting[0].time",
                "how long",
                queue -> waiting(queue, OverflowWhen.OVERFLOW_WHEN_WAITED_TOO_LONG));
        assertQueueFlaw("atEntry[0].then[0]", "what is to be tried", queue -> action(queue));
        assertQueueFlaw(
                "atEntry[0].then[0].extension",
                "no person '555'",
                queue -> action(queue).setExtension("555"));
        assertQueueFlaw(
                "atEntry[0].then[0].queueId",
                "no queue 'night'",
                queue -> action(queue).setQueueId("night"));
        assertQueueFlaw(
                "atEntry[0].then[0].number.number",
                "a number like",
                queue -> action(queue).getNumberBuilder().setNumber("112233"));
        assertQueueFlaw(
                "atEntry[0].then[0].announcement.promptId",
                "a prompt's id",
                queue -> action(queue).getAnnouncementBuilder());
        assertQueueFlaw(
                "atEntry[0].then[0].voicemail.flowId",
                "the flow that takes messages",
                queue -> action(queue).getVoicemailBuilder());
        assertQueueFlaw(
                "atEntry[0].then[0].voicemail.flowId",
                "no flow 'night'",
                queue -> action(queue).getVoicemailBuilder().setFlowId("night"));
        assertQueueFlaw(
                "atEntry[0].then[0].backToFlow",
                "events alone",
                queue -> action(queue).setBackToFlow("done"));
        assertQueueFlaw("calendarId", "no calendar", queue -> queue.setCalendarId("summer"));
    }

    @Test
    void rulesAndTimesHaveTheirBounds() {
        assertQueueFlaw(
                "atEntry",
                "at most 16",
                queue -> {
                    for (int i = 0; i < 17; i++) {
                        rule(queue, OverflowWhen.OVERFLOW_WHEN_CLOSED);
                    }
                });
        assertQueueFlaw(
                "wrapUp.time",
                "900 s",
                queue -> queue.getWrapUpBuilder().setTime(Durations.fromSeconds(901)));
        assertQueueFlaw(
                "missedOffersLimit", "at most 1000", queue -> queue.setMissedOffersLimit(1_001));
    }

    @Test
    void reasonsHaveCodesOfTheirOwn() {
        assertTenantFlaw(
                "notReadyReasons[0].code", "lower case", t -> t.addNotReadyReasonsBuilder());
        assertTenantFlaw(
                "notReadyReasons[0].code",
                "meaning of its own",
                t -> t.addNotReadyReasons(reason("missed-offers")));
        assertTenantFlaw(
                "notReadyReasons[1].code",
                "'lunch' is there twice",
                t -> t.addNotReadyReasons(reason("lunch")).addNotReadyReasons(reason("lunch")));
    }

    @Test
    void calendarsCanBeRead() {
        assertCalendarFlaw("timeZone", "IANA", calendar -> calendar.setTimeZone("Moscow"));
        assertCalendarFlaw(
                "open[0].days",
                "1 for Monday",
                calendar -> calendar.addOpen(WeeklyHours.newBuilder().addDays(0).setHours(DAY)));
        assertCalendarFlaw(
                "breaks[0].hours.from",
                "a time like",
                calendar ->
                        calendar.addBreaks(
                                WeeklyHours.newBuilder()
                                        .addDays(1)
                                        .setHours(DAY.toBuilder().setFrom("25:00"))));
        assertCalendarFlaw(
                "specialDays[0].firstDay",
                "a day like",
                calendar -> calendar.addSpecialDays(SpecialDays.newBuilder().setFirstDay("May 1")));
        assertCalendarFlaw(
                "specialDays[0].lastDay",
                "not be before",
                calendar ->
                        calendar.addSpecialDays(
                                SpecialDays.newBuilder()
                                        .setFirstDay("2026-05-02")
                                        .setLastDay("2026-05-01")));
    }

    @Test
    void aCalendarThatAQueueGoesByStays() {
        // When
        var flaws = TenantChecks.flaws(tenant().clearCalendars().build(), clinic());

        // Then
        assertTrue(
                flaws.stream().anyMatch(flaw -> flaw.message().contains("no calendar")),
                flaws::toString);
    }

    @Test
    void devicesHaveAddressesOfTheirKindAndOfNobodyElse() {
        assertDeviceFlaw("a number like", DeviceKind.DEVICE_KIND_MOBILE, "103w");
        assertDeviceFlaw("a SIP user", DeviceKind.DEVICE_KIND_BROWSER, "+79160000100");
        assertDeviceFlaw("somebody else", DeviceKind.DEVICE_KIND_PHONE, "104");
    }

    private static OverflowRule.Builder rule(Queue.Builder queue, OverflowWhen when) {
        return queue.addAtEntryBuilder().setWhen(when);
    }

    private static OverflowRule.Builder waiting(Queue.Builder queue, OverflowWhen when) {
        return queue.addWhileWaitingBuilder().setWhen(when);
    }

    private static OverflowAction.Builder action(Queue.Builder queue) {
        return rule(queue, OverflowWhen.OVERFLOW_WHEN_CLOSED).addThenBuilder();
    }

    private static NotReadyReason reason(String code) {
        return NotReadyReason.newBuilder().setCode(code).build();
    }

    private static void assertQueueFlaw(String field, String says, Consumer<Queue.Builder> change) {
        assertFlaw(queue(change), field, says);
    }

    private static void assertTenantFlaw(
            String field, String says, Consumer<Tenant.Builder> change) {
        var tenant = tenant();
        change.accept(tenant);
        assertFlaw(TenantChecks.flaws(tenant.build(), clinic()), field, says);
    }

    private static void assertCalendarFlaw(
            String field, String says, Consumer<Calendar.Builder> change) {
        assertTenantFlaw(
                "calendars[0]." + field,
                says,
                tenant -> change.accept(tenant.getCalendarsBuilder(0)));
    }

    private static void assertDeviceFlaw(String says, DeviceKind kind, String address) {
        var person =
                Person.newBuilder()
                        .setPersonId("agent_103")
                        .setExtension("103")
                        .setName("103")
                        .addDevices(Device.newBuilder().setKind(kind).setAddress(address))
                        .build();
        assertFlaw(
                PersonChecks.flaws(person, Surroundings.of(clinic())), "devices[0].address", says);
    }

    private static void assertFlaw(List<Flaw> flaws, String field, String says) {
        assertTrue(
                flaws.stream().anyMatch(f -> f.field().equals(field) && f.message().contains(says)),
                flaws::toString);
    }

    private static List<Flaw> queue(Consumer<Queue.Builder> change) {
        var queue =
                Queue.newBuilder()
                        .setQueueId("registry")
                        .setName("Registry")
                        .setExtension("601")
                        .addAgentExtensions("103");
        change.accept(queue);
        var whole = QueueDefaults.complete(queue.build());
        return QueueChecks.flaws(whole, Surroundings.of(clinic(), whole));
    }

    private static Tenant.Builder tenant() {
        return Tenant.newBuilder()
                .setName("Clinic")
                .setLanguage("ru")
                .setCountry("RU")
                .setTimeZone("Europe/Moscow")
                .setDefaultCallerNumber("+74950000100")
                .addCalendars(Calendar.newBuilder().setCalendarId("branch"));
    }

    private static Tenant clinic() {
        return tenant().addQueues(
                        Queue.newBuilder()
                                .setQueueId("paid")
                                .setExtension("602")
                                .setCalendarId("branch"))
                .addPeople(
                        Person.newBuilder()
                                .setPersonId("agent_103")
                                .setExtension("103")
                                .addRoles("agent"))
                .addPeople(Person.newBuilder().setPersonId("agent_104").setExtension("104"))
                .build();
    }
}
