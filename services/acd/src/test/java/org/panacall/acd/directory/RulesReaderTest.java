// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.RecordingRule;
import org.panacall.acd.core.rules.Action;
import org.panacall.acd.core.rules.Why;
import org.panacall.proto.directory.v1.Announcement;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.DayHours;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.DeviceRinging;
import org.panacall.proto.directory.v1.ExternalNumber;
import org.panacall.proto.directory.v1.KeepWaiting;
import org.panacall.proto.directory.v1.NotReadyReason;
import org.panacall.proto.directory.v1.OverflowAction;
import org.panacall.proto.directory.v1.OverflowRule;
import org.panacall.proto.directory.v1.OverflowWhen;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.SpecialDays;
import org.panacall.proto.directory.v1.TalkRecordingRule;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.Voicemail;
import org.panacall.proto.directory.v1.WeeklyHours;
import org.panacall.proto.directory.v1.WrapUp;
import org.panacall.proto.directory.v1.WrapUpMode;

class RulesReaderTest {

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    private static DayHours hours(String from, String until) {
        return DayHours.newBuilder().setFrom(from).setUntil(until).build();
    }

    private static Tenant.Builder tenant(Queue.Builder queue) {
        return Tenant.newBuilder()
                .setTenantId("demo")
                .setTimeZone("Europe/Moscow")
                .addQueues(queue.setQueueId("registry"));
    }

    private static QueueRules read(Tenant.Builder tenant) {
        return PlanReader.read(tenant.build())
                .queue(new QueueId("registry"))
                .orElseThrow()
                .conduct();
    }

    @Test
    void aQueueOfWhichNothingIsSaidIsAlwaysOpenAndKeepsItsCalls() {
        // Given
        var tenant = tenant(Queue.newBuilder());

        // When
        var rules = read(tenant);

        // Then
        assertEquals(QueueRules.NONE, rules);
    }

    @Test
    void talksAreRecordedAsTheQueueSaysOrElseTheTenantAndNeedANoticeUnlessItIsSaidThatTheyDoNot() {
        var recorded = TalkRecordingRule.newBuilder().setRecorded(true);
        var queue = Queue.newBuilder();
        assertEquals(RecordingRule.NONE, read(tenant(queue)).recording());
        assertEquals(
                new RecordingRule(true, true),
                read(tenant(queue).setTalkRecording(recorded)).recording());
        queue.setTalkRecording(recorded.setNoticeRequired(false));
        assertEquals(new RecordingRule(true, false), read(tenant(queue)).recording());
        queue.setTalkRecording(TalkRecordingRule.getDefaultInstance());
        assertFalse(read(tenant(queue).setTalkRecording(recorded)).recording().recorded());
    }

    @Test
    void aCalendarIsReadByItsOwnZoneOrTheTenants() {
        // Given: Mondays, but not the one of the holiday, on which there is an hour.
        var calendar =
                Calendar.newBuilder()
                        .setCalendarId("branch")
                        .addOpen(
                                WeeklyHours.newBuilder()
                                        .addDays(1)
                                        .setHours(hours("08:00", "20:00")))
                        .addBreaks(
                                WeeklyHours.newBuilder()
                                        .addDays(1)
                                        .setHours(hours("13:00", "14:00")))
                        .addSpecialDays(
                                SpecialDays.newBuilder()
                                        .setFirstDay("2026-03-09")
                                        .addOpen(hours("10:00", "11:00")));
        var queue = Queue.newBuilder().setCalendarId("branch");
        var moscow = read(tenant(queue).addCalendars(calendar)).hours().orElseThrow();

        // When
        var calendarOfTheEast = calendar.setTimeZone("Asia/Vladivostok");
        var east = read(tenant(queue).addCalendars(calendarOfTheEast)).hours().orElseThrow();

        // Then
        assertTrue(moscow.open(Instant.parse("2026-03-02T05:00:00Z")));
        assertFalse(moscow.open(Instant.parse("2026-03-02T10:30:00Z")));
        assertFalse(moscow.open(Instant.parse("2026-03-09T06:00:00Z")));
        assertTrue(moscow.open(Instant.parse("2026-03-09T07:00:00Z")));
        assertFalse(east.open(Instant.parse("2026-03-02T11:00:00Z")));
        assertTrue(east.open(Instant.parse("2026-03-01T22:00:00Z")));
    }

    @Test
    void aCalendarThatIsGoneLeavesItsQueueOpen() {
        // Given
        var queue = Queue.newBuilder().setCalendarId("gone");

        // When
        var rules = read(tenant(queue));

        // Then
        assertEquals(Optional.empty(), rules.hours());
    }

    @Test
    void hoursThatAreNoneAreAMistakeOfTheWholeTenant() {
        // Given
        var open = WeeklyHours.newBuilder().addDays(8).setHours(hours("08:00", "20:00"));
        var calendar = Calendar.newBuilder().setCalendarId("odd").addOpen(open);
        var tenant = tenant(Queue.newBuilder().setCalendarId("odd")).addCalendars(calendar);

        // When
        var mistake = assertThrows(IllegalArgumentException.class, () -> read(tenant));

        // Then
        assertTrue(mistake.getMessage().contains("odd"));
    }

    @Test
    void everyActionIsRead() {
        // Given
        var number = ExternalNumber.newBuilder().setNumber("+74951112233").setLabel("night");
        var rule =
                OverflowRule.newBuilder()
                        .setWhen(OverflowWhen.OVERFLOW_WHEN_WAITED_TOO_LONG)
                        .setTime(seconds(60))
                        .addThen(OverflowAction.newBuilder().setQueueId("paid"))
                        .addThen(OverflowAction.newBuilder().setExtension("110"))
                        .addThen(OverflowAction.newBuilder().setNumber(number))
                        .addThen(OverflowAction.newBuilder().setFlowId("night"))
                        .addThen(
                                OverflowAction.newBuilder()
                                        .setAnnouncement(
                                                Announcement.newBuilder().setPromptId("sorry")))
                        .addThen(
                                OverflowAction.newBuilder()
                                        .setVoicemail(Voicemail.getDefaultInstance()))
                        .addThen(
                                OverflowAction.newBuilder()
                                        .setKeepWaiting(KeepWaiting.getDefaultInstance()));

        // When
        var read = read(tenant(Queue.newBuilder().addWhileWaiting(rule)));

        // Then
        var only = read.whileWaiting().getFirst();
        assertEquals(Why.WAITED_TOO_LONG, only.when());
        assertEquals(
                List.of(
                        Action.ToQueue.class,
                        Action.ToPerson.class,
                        Action.ToNumber.class,
                        Action.ToFlow.class,
                        Action.Announce.class,
                        Action.TakeMessage.class,
                        Action.KeepWaiting.class),
                only.then().stream().map(Action::getClass).toList());
        var outside = (Action.ToNumber) only.then().get(2);
        assertEquals(java.time.Duration.ofSeconds(30), outside.ringTimeout());
    }

    @Test
    void notesWithoutATimeLastUntilTheAgentSaysSoAndTheLimitOfMissesMayBeZero() {
        // Given
        var optional = WrapUp.newBuilder().setMode(WrapUpMode.WRAP_UP_MODE_OPTIONAL);
        var queue = Queue.newBuilder().setWrapUp(optional).setMissedOffersLimit(0);

        // When
        var rules = read(tenant(queue).setMissedOffersLimit(3));

        // Then
        assertEquals(Notes.LONGEST, rules.notes().orElseThrow().time());
        assertEquals(Notes.Mode.OPTIONAL, rules.notes().orElseThrow().mode());
        assertEquals(OptionalInt.of(0), rules.missedLimit());
    }

    @Test
    void reasonsAndDevicesAreRead() {
        // Given
        var lunch =
                NotReadyReason.newBuilder()
                        .setCode("lunch")
                        .setPaid(true)
                        .setLongest(seconds(1800))
                        .setReadyWhenOverdue(true);
        var person =
                Person.newBuilder()
                        .setPersonId("agent_101")
                        .setExtension("101")
                        .addDevices(device(DeviceKind.DEVICE_KIND_BROWSER, "101w"))
                        .addDevices(device(DeviceKind.DEVICE_KIND_MOBILE, "+79161230101"))
                        .setDeviceRinging(DeviceRinging.DEVICE_RINGING_CASCADE);
        var tenant = tenant(Queue.newBuilder()).addNotReadyReasons(lunch).addPeople(person);

        // When
        var plan = PlanReader.read(tenant.build());

        // Then
        var limits = plan.rules().reason("lunch").orElseThrow().limits();
        assertEquals(Optional.of(java.time.Duration.ofMinutes(30)), limits.atATime());
        assertEquals(Optional.empty(), limits.inShift());
        var devices = plan.personWith(new Extension("101w")).orElseThrow().devices();
        assertEquals(
                List.of(Devices.Kind.BROWSER, Devices.Kind.MOBILE),
                devices.all().stream().map(Devices.Device::kind).toList());
        assertTrue(devices.cascade());
        assertEquals(java.time.Duration.ofSeconds(8), devices.step());
        assertEquals(Optional.empty(), plan.personWith(new Extension("101")));
    }

    private static Device device(DeviceKind kind, String address) {
        return Device.newBuilder().setKind(kind).setAddress(address).build();
    }
}
