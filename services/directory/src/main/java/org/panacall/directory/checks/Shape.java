// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import java.util.List;
import java.util.Set;

/** Bounds that hold for any field of a definition, known today or not. */
final class Shape {

    private static final int TEXT_MAX = 1_000;
    private static final int LIST_MAX = 10_000;
    private static final int BYTES_MAX = 1 << 18;
    private static final Duration LONGEST = Durations.fromDays(366);

    /** Times that may be behind as well as ahead. */
    private static final Set<String> SIGNED =
            Set.of(
                    "panacall.directory.v1.Queue.weight",
                    "panacall.directory.v1.Queue.CategoriesEntry.value",
                    "panacall.directory.v1.Tenant.CategoriesEntry.value",
                    "panacall.directory.v1.QueueMember.head_start");

    private Shape() {}

    static void check(Message definition, Faults faults) {
        if (definition.getSerializedSize() > BYTES_MAX) {
            faults.add("", "is larger than 256 KiB; make it two");
            return;
        }
        Walk.through(
                definition,
                Walk.BY_INDEX,
                (path, field, value) -> check(path, field, value, faults));
    }

    private static void check(String path, FieldDescriptor field, Object value, Faults faults) {
        switch (value) {
            case String text when text.length() > TEXT_MAX ->
                    faults.add(path, "must have at most " + TEXT_MAX + " characters");
            case String text when text.chars().anyMatch(Character::isISOControl) ->
                    faults.add(path, "must have no line breaks and control characters");
            case List<?> list when list.size() > LIST_MAX ->
                    faults.add(path, "must have at most " + LIST_MAX + " entries");
            case Duration length
                    when Durations.isNegative(length) && !SIGNED.contains(field.getFullName()) ->
                    faults.add(path, "must not be negative");
            case Duration length when Durations.compare(length, LONGEST) > 0 ->
                    faults.add(path, "must be at most 366 days");
            default -> {}
        }
    }
}
