// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of one call while they come about. A span is known by a key of its own, from which its
 * id is made: whoever tells the same twice changes nothing. One thread.
 */
final class Spans {

    private static final int SPAN_ID_BYTES = 8;
    private static final long NANOS = 1_000_000_000L;

    private final String call;
    private final Map<String, Known> known = new LinkedHashMap<>();

    /** A span, and the instance of the service that it is of. */
    private record Known(Owner owner, Span.Builder span) {}

    /** Who did what a span is about. */
    record Owner(String service, String instance) {}

    Spans(String call) {
        this.call = call;
    }

    /** Begins a span, unless it has begun; {@code parent} is a key, empty for the whole call. */
    void begin(Owner owner, String key, String name, String parent, Timestamp at) {
        known.computeIfAbsent(
                key,
                fresh ->
                        new Known(
                                owner,
                                Span.newBuilder()
                                        .setName(name)
                                        .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                                        .setSpanId(id(key))
                                        .setParentSpanId(parent.isEmpty() ? root() : id(parent))
                                        .setStartTimeUnixNano(nanos(at))));
    }

    /** Ends a span that has begun and has not ended. */
    void end(String key, Timestamp at) {
        var found = known.get(key);
        if (found != null && found.span.getEndTimeUnixNano() == 0) {
            found.span.setEndTimeUnixNano(Math.max(nanos(at), found.span.getStartTimeUnixNano()));
        }
    }

    /** Says more of a span; never numbers, names or keys pressed. Empty words are left out. */
    void say(String key, String attribute, String word) {
        var found = known.get(key);
        if (found == null
                || word.isEmpty()
                || found.span.getAttributesList().stream()
                        .anyMatch(one -> one.getKey().equals(attribute))) {
            return;
        }
        found.span.addAttributes(attribute(attribute, word));
    }

    void failed(String key) {
        var found = known.get(key);
        if (found != null) {
            found.span
                    .getStatusBuilder()
                    .setCode(io.opentelemetry.proto.trace.v1.Status.StatusCode.STATUS_CODE_ERROR);
        }
    }

    /** All of them; what has not ended ends now. {@code root} is the whole call's span id. */
    List<ResourceSpans> build(String traceId, String root, Timestamp now) {
        var byOwner = new LinkedHashMap<Owner, ScopeSpans.Builder>();
        var trace = ByteString.fromHex(traceId);
        for (var key : List.copyOf(known.keySet())) {
            end(key, now);
            var one = known.get(key);
            var span = one.span.clone().setTraceId(trace);
            if (key.equals(call)) {
                span.setSpanId(ByteString.fromHex(root)).clearParentSpanId();
                span.setKind(Span.SpanKind.SPAN_KIND_SERVER);
            } else if (span.getParentSpanId().equals(root())) {
                span.setParentSpanId(ByteString.fromHex(root));
            }
            byOwner.computeIfAbsent(one.owner, fresh -> ScopeSpans.newBuilder()).addSpans(span);
        }
        return byOwner.entrySet().stream()
                .map(
                        entry ->
                                ResourceSpans.newBuilder()
                                        .setResource(resource(entry.getKey()))
                                        .addScopeSpans(entry.getValue())
                                        .build())
                .toList();
    }

    private ByteString root() {
        return id(call);
    }

    private static Resource resource(Owner owner) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.namespace", "panacall"))
                .addAttributes(attribute("service.name", owner.service))
                .addAttributes(attribute("service.instance.id", owner.instance))
                .build();
    }

    private static KeyValue attribute(String key, String word) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(word))
                .build();
    }

    private ByteString id(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest((call + '/' + key).getBytes(StandardCharsets.UTF_8));
            return ByteString.copyFrom(hash, 0, SPAN_ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static long nanos(Timestamp at) {
        return at.getSeconds() * NANOS + at.getNanos();
    }
}
