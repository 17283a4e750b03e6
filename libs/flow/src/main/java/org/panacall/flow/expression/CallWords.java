// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.expression;

import static org.panacall.flow.expression.ValueKind.NUMBER;
import static org.panacall.flow.expression.ValueKind.TEXT;
import static org.panacall.flow.expression.ValueKind.TEXTS;
import static org.panacall.flow.expression.ValueKind.YES_NO;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.VariableKind;

/** The names that expressions of flows may use, besides the flow's own variables. */
public final class CallWords {

    /** Name → what it is; ivr knows the value of each. */
    public static final Map<String, ValueKind> ALL =
            Map.ofEntries(
                    // E.164 with "+"; empty when withheld.
                    Map.entry("caller.number", TEXT),
                    Map.entry("caller.withheld", YES_NO),
                    // By the numbering plan: "RU", "Asia/Yekaterinburg"; empty when not known.
                    Map.entry("caller.country", TEXT),
                    Map.entry("caller.zone", TEXT),
                    Map.entry("caller.mobile", YES_NO),
                    // Ids of the number lists that the caller's number is in.
                    Map.entry("caller.lists", TEXTS),
                    Map.entry("dialled", TEXT),
                    // Of the caller's contact, once a step has found it; else false and empty. The
                    // responsible is the extension of a person or queue.
                    Map.entry("contact.found", YES_NO),
                    Map.entry("contact.id", TEXT),
                    Map.entry("contact.externalId", TEXT),
                    Map.entry("contact.category", TEXT),
                    Map.entry("contact.language", TEXT),
                    Map.entry("contact.branch", TEXT),
                    Map.entry("contact.responsible", TEXT),
                    // The tenant's language, or the one that was chosen.
                    Map.entry("language", TEXT),
                    // By the tenant's clocks: "2026-01-09", "10:05"; Monday is 1.
                    Map.entry("now.date", TEXT),
                    Map.entry("now.time", TEXT),
                    Map.entry("now.year", NUMBER),
                    Map.entry("now.month", NUMBER),
                    Map.entry("now.day", NUMBER),
                    Map.entry("now.weekday", NUMBER),
                    Map.entry("now.hour", NUMBER),
                    Map.entry("now.minute", NUMBER));

    private CallWords() {}

    /** Names that no variable may have. */
    public static Set<String> reserved() {
        return ALL.keySet().stream()
                .map(name -> name.replaceFirst("\\..*", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** These names and a flow's variables. */
    public static Map<String, ValueKind> of(Flow flow) {
        var words = new TreeMap<>(ALL);
        flow.getVariablesList()
                .forEach(variable -> words.putIfAbsent(variable.getName(), of(variable.getKind())));
        return words;
    }

    public static ValueKind of(VariableKind kind) {
        return switch (kind) {
            case VARIABLE_KIND_NUMBER -> NUMBER;
            case VARIABLE_KIND_YES_NO -> YES_NO;
            case VARIABLE_KIND_TEXT, VARIABLE_KIND_UNSPECIFIED, UNRECOGNIZED -> TEXT;
        };
    }
}
