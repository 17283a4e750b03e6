// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Single values of a tree as a contract's fields hold them. */
final class Scalars {

    /** Ten thousand years, as the contract's durations are bounded. */
    private static final long SECONDS_MAX = 315_576_000_000L;

    /**
     * A value, or what is wrong with it.
     *
     * @param fault null when nothing is
     */
    record Read(Object value, String fault) {

        static Read of(Object value) {
            return new Read(value, null);
        }

        static Read fault(String fault) {
            return new Read(null, fault);
        }
    }

    private Scalars() {}

    /** Whether the field holds one value, and no fields of its own. */
    static boolean holds(FieldDescriptor field) {
        return field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                || field.getMessageType().equals(Duration.getDescriptor())
                || field.getMessageType().equals(Timestamp.getDescriptor());
    }

    static Read read(FieldDescriptor field, Object value, DurationForm durations) {
        return switch (field.getJavaType()) {
            case STRING -> value instanceof String ? Read.of(value) : Read.fault("must be a text");
            case BOOLEAN ->
                    value instanceof Boolean ? Read.of(value) : Read.fault("must be true or false");
            case INT, LONG -> number(field, value);
            case DOUBLE, FLOAT -> fraction(field, value);
            case ENUM -> word(field, value);
            case BYTE_STRING -> Read.fault("cannot be set here");
            case MESSAGE ->
                    field.getMessageType().equals(Duration.getDescriptor())
                            ? duration(value, durations)
                            : time(value);
        };
    }

    private static Read duration(Object value, DurationForm durations) {
        var length =
                value instanceof String text
                        ? durations.read().apply(text)
                        : Optional.<java.time.Duration>empty();
        return length.filter(given -> Math.abs(given.getSeconds()) < SECONDS_MAX)
                .map(
                        given ->
                                Read.of(
                                        Duration.newBuilder()
                                                .setSeconds(given.getSeconds())
                                                .setNanos(given.getNano())
                                                .build()))
                .orElseGet(() -> Read.fault(durations.hint()));
    }

    private static Read time(Object value) {
        try {
            var given = Instant.parse(String.valueOf(value));
            return Read.of(
                    Timestamp.newBuilder()
                            .setSeconds(given.getEpochSecond())
                            .setNanos(given.getNano())
                            .build());
        } catch (DateTimeException wrong) {
            return Read.fault("must be like 2026-01-31T09:00:00Z");
        }
    }

    private static Read word(FieldDescriptor field, Object value) {
        var type = field.getEnumType();
        return Words.value(type, String.valueOf(value))
                .map(Read::of)
                .orElseGet(
                        () -> Read.fault("must be one of " + String.join(", ", Words.words(type))));
    }

    private static Read number(FieldDescriptor field, Object value) {
        boolean isInt = field.getJavaType() == FieldDescriptor.JavaType.INT;
        long most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
        long least =
                switch (field.getType()) {
                    case UINT32, UINT64, FIXED32, FIXED64 -> 0;
                    default -> -most - 1;
                };
        var whole =
                switch (value) {
                    case Integer number -> BigInteger.valueOf(number);
                    case Long number -> BigInteger.valueOf(number);
                    case BigInteger number -> number;
                    default -> BigInteger.valueOf(most).add(BigInteger.ONE);
                };
        if (whole.compareTo(BigInteger.valueOf(least)) < 0
                || whole.compareTo(BigInteger.valueOf(most)) > 0) {
            return Read.fault("must be a whole number between " + least + " and " + most);
        }
        return isInt ? Read.of(whole.intValue()) : Read.of(whole.longValue());
    }

    private static Read fraction(FieldDescriptor field, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return field.getJavaType() == FieldDescriptor.JavaType.FLOAT
                    ? Read.of(number.floatValue())
                    : Read.of(number.doubleValue());
        }
        return Read.fault("must be a number");
    }
}
