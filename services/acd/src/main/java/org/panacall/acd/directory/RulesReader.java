// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.panacall.acd.OverflowWording;
import org.panacall.acd.Wording;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.plan.BreakReason;
import org.panacall.acd.core.plan.Devices;
import org.panacall.acd.core.plan.QueueRules;
import org.panacall.acd.core.plan.RecordingRule;
import org.panacall.acd.core.plan.TenantRules;
import org.panacall.acd.core.rules.OverflowRule;
import org.panacall.calendar.Calendar;
import org.panacall.calendar.reading.CalendarReader;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceRinging;
import org.panacall.proto.directory.v1.NotReadyReason;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.TalkRecordingRule;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WrapUp;
import org.panacall.proto.directory.v1.WrapUpMode;

/** How queues treat calls and agents, by the directory's configuration. */
final class RulesReader {

    private static final Duration SHIFT_GAP = Duration.ofHours(4);
    private static final Duration DEVICE_STEP = Duration.ofSeconds(8);

    private RulesReader() {}

    static TenantRules tenant(Tenant tenant) {
        return new TenantRules(
                tenant.getNotReadyReasonsList().stream().map(RulesReader::reason).toList(),
                tenant.getMissedOffersLimit(),
                tenant.hasShiftGap() ? Wording.duration(tenant.getShiftGap()) : SHIFT_GAP,
                tenant.getLanguage(),
                tenant.getOutsidePrefixesList(),
                Optional.of(tenant.getVoicemailFlowId()).filter(flow -> !flow.isEmpty()));
    }

    private static BreakReason reason(NotReadyReason reason) {
        var limits =
                new BreakReason.Limits(
                        time(reason.hasLongest(), reason.getLongest()),
                        time(reason.hasLongestInShift(), reason.getLongestInShift()),
                        reason.getReadyWhenOverdue());
        return new BreakReason(
                reason.getCode(), new TreeMap<>(reason.getNamesMap()), reason.getPaid(), limits);
    }

    private static Optional<Duration> time(boolean given, com.google.protobuf.Duration time) {
        return given ? Optional.of(Wording.duration(time)) : Optional.empty();
    }

    static QueueRules queue(Tenant tenant, Queue queue) {
        return new QueueRules(
                calendar(tenant, queue),
                rules(queue.getAtEntryList()),
                rules(queue.getWhileWaitingList()),
                queue.hasWrapUp() ? Optional.of(notes(queue.getWrapUp())) : Optional.empty(),
                queue.hasMissedOffersLimit()
                        ? OptionalInt.of(queue.getMissedOffersLimit())
                        : OptionalInt.empty(),
                Optional.of(queue.getAfterTalkFlowId()).filter(flow -> !flow.isEmpty()),
                recording(
                        queue.hasTalkRecording()
                                ? queue.getTalkRecording()
                                : tenant.getTalkRecording()));
    }

    /** Who does not say that no notice is needed wants one. */
    private static RecordingRule recording(TalkRecordingRule rule) {
        boolean required = !rule.hasNoticeRequired() || rule.getNoticeRequired();
        return new RecordingRule(rule.getRecorded(), required);
    }

    private static List<OverflowRule> rules(
            List<org.panacall.proto.directory.v1.OverflowRule> rules) {
        return rules.stream()
                .map(
                        rule ->
                                new OverflowRule(
                                        OverflowWording.why(rule.getWhen()),
                                        Wording.duration(rule.getTime()),
                                        rule.getCalls(),
                                        rule.getThenList().stream()
                                                .map(OverflowWording::action)
                                                .toList()))
                .toList();
    }

    /** One without a time has none, but for one that ends when the agent says so. */
    private static Notes notes(WrapUp wrapUp) {
        var open = wrapUp.getMode() == WrapUpMode.WRAP_UP_MODE_OPTIONAL && !wrapUp.hasTime();
        return new Notes(
                Wording.mode(wrapUp.getMode()),
                open ? Notes.LONGEST : Wording.duration(wrapUp.getTime()),
                Wording.duration(wrapUp.getExtension()));
    }

    /** A queue whose calendar is gone is open: better a patient too many than none. */
    private static Optional<Calendar> calendar(Tenant tenant, Queue queue) {
        return tenant.getCalendarsList().stream()
                .filter(calendar -> calendar.getCalendarId().equals(queue.getCalendarId()))
                .findFirst()
                .map(calendar -> CalendarReader.read(calendar, tenant.getTimeZone()));
    }

    static Devices devices(Person person) {
        if (person.getDevicesCount() == 0) {
            return Devices.phone(new Extension(person.getExtension()));
        }
        return new Devices(
                person.getDevicesList().stream().map(RulesReader::device).toList(),
                person.getDeviceRinging() == DeviceRinging.DEVICE_RINGING_CASCADE,
                person.hasDeviceStep() ? Wording.duration(person.getDeviceStep()) : DEVICE_STEP);
    }

    private static Devices.Device device(Device device) {
        var kind =
                switch (device.getKind()) {
                    case DEVICE_KIND_BROWSER -> Devices.Kind.BROWSER;
                    case DEVICE_KIND_MOBILE -> Devices.Kind.MOBILE;
                    case DEVICE_KIND_PHONE, DEVICE_KIND_UNSPECIFIED, UNRECOGNIZED ->
                            Devices.Kind.PHONE;
                };
        return new Devices.Device(kind, new PartyNumber(device.getAddress()));
    }
}
