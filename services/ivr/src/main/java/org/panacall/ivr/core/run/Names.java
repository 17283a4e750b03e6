// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.flow.Around;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.lookup.ContactLookup;

/**
 * What names in expressions stand for at one moment of a run.
 *
 * @param flow that the run is in
 */
record Names(Caller caller, Around around, Flow flow, Situation situation, Instant now) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    Optional<Object> find(String name) {
        var number = caller.numbers().caller();
        return switch (name) {
            case "caller.number" -> Optional.of(number);
            case "caller.withheld" -> Optional.of(number.isEmpty());
            case "caller.country" -> Optional.of(around.numbers().origin(number).country());
            case "caller.zone" -> Optional.of(around.numbers().origin(number).zone());
            case "caller.mobile" -> Optional.of(around.numbers().origin(number).mobile());
            case "caller.lists" -> Optional.of(lists(number));
            case "dialled" -> Optional.of(caller.numbers().dialled());
            case "language" -> Optional.of(language());
            case "contact.found" -> Optional.of(contact(name).equals("true"));
            default -> other(name);
        };
    }

    private Optional<Object> other(String name) {
        if (name.startsWith(ContactLookup.PREFIX)) {
            return Optional.of(contact(name));
        }
        return name.startsWith("now.") ? clock(name) : variable(name);
    }

    /** What is known of the caller's contact; empty when nobody has found it. */
    String contact(String name) {
        return situation.callWide().getOrDefault(name, "");
    }

    private Optional<Object> clock(String name) {
        ZonedDateTime local = now.atZone(around.place().zone());
        return switch (name) {
            case "now.date" -> Optional.of(local.format(DATE));
            case "now.time" -> Optional.of(local.format(TIME));
            case "now.year" -> Optional.of((long) local.getYear());
            case "now.month" -> Optional.of((long) local.getMonthValue());
            case "now.day" -> Optional.of((long) local.getDayOfMonth());
            case "now.weekday" -> Optional.of((long) local.getDayOfWeek().getValue());
            case "now.hour" -> Optional.of((long) local.getHour());
            case "now.minute" -> Optional.of((long) local.getMinute());
            default -> Optional.empty();
        };
    }

    private Optional<Object> variable(String name) {
        return Optional.ofNullable(flow.variables().get(name))
                .map(variable -> variable.value(text(name)));
    }

    /** A variable as it is kept. */
    String text(String name) {
        var set = situation.innermost().variables().get(name);
        if (set != null) {
            return set;
        }
        var declared = Optional.ofNullable(flow.variables().get(name));
        var initial = declared.map(variable -> variable.initial()).orElse("");
        // Numbers preset the variables of the flows they lead to, not of sub-flows.
        return situation.frames().size() > 1
                ? initial
                : around.presets()
                        .getOrDefault(caller.numbers().dialled(), Map.of())
                        .getOrDefault(name, initial);
    }

    String language() {
        return situation.language().isEmpty() ? around.place().language() : situation.language();
    }

    private List<String> lists(String number) {
        return around.lists().entrySet().stream()
                .filter(list -> list.getValue().has(number))
                .map(Map.Entry::getKey)
                .toList();
    }
}
