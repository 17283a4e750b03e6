// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** How durations are written, and what to say of those that are not. */
public record DurationForm(Function<String, Optional<Duration>> read, String hint) {

    /** As the outside contract has it. */
    public static final DurationForm ISO =
            new DurationForm(DurationForm::iso, "must be an ISO 8601 duration like PT15S");

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
