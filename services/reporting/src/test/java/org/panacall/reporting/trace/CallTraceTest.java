// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Timestamps;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.panacall.proto.event.v1.Event;
import org.panacall.reporting.Journey;
import org.panacall.reporting.trace.Spans.Owner;

/** The events of a call become one tree of spans. */
class CallTraceTest {

    private static final Journey JOURNEY =
            new Journey("call_1", "+79161234567", Instant.parse("2026-05-01T09:00:00Z"));

    @Test
    void aCallIsOneTreeFromItsStartToItsRecord() {
        // When
        var trace = told(List.of(JOURNEY.sipIngress(), JOURNEY.ivr(), JOURNEY.acd()));

        // Then
        var spans = spans(trace.build());
        var byId = spans.stream().collect(Collectors.toMap(span -> hex(span), span -> span));
        var tree =
                spans.stream().map(span -> path(span, byId)).sorted().collect(Collectors.toList());
        assertEquals(
                List.of(
                        "call",
                        "call/leg of agent",
                        "call/leg of agent/ringing",
                        "call/leg of agent/talk",
                        "call/leg of caller",
                        "call/leg of caller/ringing",
                        "call/leg of caller/talk",
                        "call/record written",
                        "call/run",
                        "call/waiting"),
                tree);
        assertTrue(
                spans.stream().allMatch(span -> Journey.TRACE_ID.equals(hex(span.getTraceId()))));
        assertTrue(byId.containsKey(Journey.ROOT_ID));
    }

    @Test
    void theOrderOfServicesAndRepeatsDoNotMatter() {
        // Given
        var expected = sorted(told(List.of(JOURNEY.sipIngress(), JOURNEY.ivr(), JOURNEY.acd())));
        for (int seed = 0; seed < 6; seed++) {
            var streams =
                    new ArrayList<>(
                            List.of(
                                    JOURNEY.ivr(),
                                    JOURNEY.sipIngress(),
                                    JOURNEY.acd(),
                                    JOURNEY.sipIngress(),
                                    JOURNEY.acd()));
            Collections.shuffle(streams, new Random(seed));

            // When
            var trace = told(streams);

            // Then
            assertEquals(expected, sorted(trace), "seed " + seed);
        }
    }

    @Test
    void nothingPersonalIsInASpan() {
        // When
        var trace = told(List.of(JOURNEY.sipIngress(), JOURNEY.ivr(), JOURNEY.acd()));

        // Then
        var text = trace.build().toString();
        assertTrue(text.contains("none/caller-hung-up"), text);
        assertFalse(text.contains("9161234567"), text);
        assertFalse(text.contains("4950000100"), text);
    }

    private static CallTrace told(List<List<Event>> streams) {
        var trace = new CallTrace(JOURNEY.call());
        for (var stream : streams) {
            stream.forEach(event -> trace.add(owner(event), event));
        }
        var at = Timestamps.fromMillis(JOURNEY.start().toEpochMilli());
        trace.recorded(new Owner("reporting", "reporting-1"), at, at);
        return trace;
    }

    private static Owner owner(Event event) {
        return new Owner(event.getPayloadCase().name(), "one");
    }

    private static List<Span> spans(List<ResourceSpans> resources) {
        return resources.stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    private static HashSet<Span> sorted(CallTrace trace) {
        return new HashSet<>(spans(trace.build()));
    }

    private static String path(Span span, Map<String, Span> byId) {
        var parent = byId.get(hex(span.getParentSpanId()));
        return parent == null ? span.getName() : path(parent, byId) + "/" + span.getName();
    }

    private static String hex(Span span) {
        return hex(span.getSpanId());
    }

    private static String hex(com.google.protobuf.ByteString bytes) {
        return java.util.HexFormat.of().formatHex(bytes.toByteArray());
    }
}
