// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.journeys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.panacall.tests.journeys.Talk.AGENT_HZ;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.sight.Collector;
import org.panacall.tests.ua.Dialling;

/** What a collector of traces sees of a call. */
@ExtendWith(ClinicExtension.class)
class TraceJourneyTest {

    @Test
    void aCallIsOneTraceFromSipToItsRecord(Clinic clinic, JourneyPlatform platform) {
        assumeTrue(platform.isOurs(), "traces of a platform that runs already go elsewhere");
        // Given
        var number = Talk.freshNumber();
        var phone = Talk.readyPhone(clinic, "103", AGENT_HZ);
        var patient = clinic.patient(number, PATIENT_HZ);
        // When
        var call = patient.dial(Clinic.MAIN_NUMBER, Dialling.plain());
        Talk.hearsGreeting(call);
        call.audio().press("1");
        var ringing = Talk.rings(phone, SOON);
        ringing.answer();
        Talk.talk(call, patient, ringing, phone, Duration.ofSeconds(1));
        Talk.hangUpEnds(call, ringing);
        // Then
        var record = Talk.record(clinic, number);
        var trace = platform.collector().await(record.path("id").asText(), SOON.multipliedBy(3));
        var spans = Collector.spans(trace);
        assertEquals(1, spans.stream().map(Span::getTraceId).distinct().count());
        var byId = spans.stream().collect(Collectors.toMap(Span::getSpanId, span -> span));
        var seen = new TreeSet<String>();
        trace.forEach(
                resource ->
                        Collector.spans(List.of(resource))
                                .forEach(
                                        span ->
                                                seen.add(
                                                        service(resource)
                                                                + " "
                                                                + path(span, byId))));
        for (var expected :
                List.of(
                        "acd call/waiting",
                        "acd call/waiting/offer",
                        "ivr call/run",
                        "ivr call/run/step",
                        "reporting call/record written",
                        "sip-ingress call",
                        "sip-ingress call/leg of agent/ringing",
                        "sip-ingress call/leg of agent/talk",
                        "sip-ingress call/leg of caller/talk")) {
            assertTrue(seen.contains(expected), () -> expected + " is missing in " + seen);
        }
        assertFalse(trace.toString().contains(number.substring(2)), trace::toString);
    }

    private static String service(ResourceSpans resource) {
        return resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("?");
    }

    private static String path(Span span, Map<ByteString, Span> byId) {
        if (span.getParentSpanId().isEmpty()) {
            return span.getName();
        }
        var parent = byId.get(span.getParentSpanId());
        return (parent == null ? "nobody" : path(parent, byId)) + "/" + span.getName();
    }
}
