// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.tests.chaos.NewCalls.NewCall;
import org.panacall.tests.demo.Clinic;

/** Whether calls left the records that they should, within some time. */
final class CallRecords {

    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final Clinic clinic;
    private final Instant deadline;

    CallRecords(Clinic clinic, Duration patience) {
        this.clinic = clinic;
        deadline = Instant.now().plus(patience);
    }

    /** What is wrong with the record of a patient's call; empty when nothing is. */
    Optional<String> wrong(Patient patient) {
        return waitFor(patient.number(), record -> wrong(patient, record));
    }

    /** The same for a call that was begun during the fault and ended by its caller. */
    Optional<String> wrong(NewCall call) {
        return waitFor(call.number(), record -> endReason(record, "caller-hung-up"));
    }

    private interface Check {
        Optional<String> fault(JsonNode record);
    }

    private Optional<String> waitFor(String number, Check check) {
        while (true) {
            var fault = look(number, check);
            if (fault.isEmpty() || Instant.now().isAfter(deadline)) {
                return fault;
            }
            Pause.of(Duration.ofMillis(250));
        }
    }

    private Optional<String> look(String number, Check check) {
        var page = clinic.ask("/reports/calls?number=" + number.substring(1));
        if (page.isEmpty()) {
            return Optional.of("no reports");
        }
        var records = page.get().path("items");
        if (records.size() != 1) {
            return Optional.of(records.size() + " records");
        }
        var record = records.get(0);
        return record.hasNonNull("endedAt") ? check.fault(record) : Optional.of("not ended");
    }

    private static Optional<String> wrong(Patient patient, JsonNode record) {
        var faults = new ArrayList<String>();
        near(record, "startedAt", patient.diallingAt()).ifPresent(faults::add);
        if (patient.hungUpAt().equals(Instant.MAX)) {
            // Not ended by anybody on purpose: whatever the reason, it is said to be no party's.
            var fault = record.path("endReason").path("fault").asText();
            return List.of("us", "unknown", "carrier").contains(fault)
                    ? faults.stream().findFirst()
                    : Optional.of("lost, but end is " + word(record));
        }
        near(record, "endedAt", patient.hungUpAt()).ifPresent(faults::add);
        endReason(record, patient.expectedEnd()).ifPresent(faults::add);
        patient.talk()
                .filter(offer -> !record.path("agent").asText().equals(offer.extension()))
                .ifPresent(offer -> faults.add("agent " + record.path("agent").asText("none")));
        if (patient.talk().isPresent() && !record.hasNonNull("talkStartedAt")) {
            faults.add("no talk");
        }
        return faults.stream().findFirst();
    }

    private static Optional<String> endReason(JsonNode record, String expected) {
        return word(record).equals(expected)
                ? Optional.empty()
                : Optional.of("end " + word(record) + " for " + expected);
    }

    private static String word(JsonNode record) {
        return record.path("endReason").path("reason").asText("none");
    }

    private static Optional<String> near(JsonNode record, String field, Instant expected) {
        if (!record.hasNonNull(field)) {
            return Optional.of("no " + field);
        }
        var off = Duration.between(expected, Instant.parse(record.path(field).asText())).abs();
        return off.compareTo(TOLERANCE) <= 0
                ? Optional.empty()
                : Optional.of(field + " off by " + off.toSeconds() + " s");
    }
}
