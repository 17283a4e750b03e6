// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.panacall.defaults.tree.DurationForm;

/** "15s", "1.5s", "500ms", "2m" or ISO 8601. */
public final class ShortDurations {

    /** What to tell who wrote another thing. */
    public static final String HINT = "write it like 15s, 500ms or 2m";

    private static final Pattern SHORT =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");

    private ShortDurations() {}

    /** Empty when it is no duration. */
    public static Optional<Duration> read(String text) {
        var matcher = SHORT.matcher(text.strip());
        if (!matcher.matches()) {
            return DurationForm.ISO.read().apply(text.strip());
        }
        var unitMs =
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    default -> 3_600_000;
                };
        return Optional.of(
                Duration.ofMillis(
                        new BigDecimal(matcher.group(1))
                                .multiply(BigDecimal.valueOf(unitMs))
                                .longValue()));
    }
}
