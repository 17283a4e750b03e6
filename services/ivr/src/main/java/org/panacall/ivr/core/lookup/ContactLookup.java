// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.lookup;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.outside.Errand;
import org.panacall.ivr.core.outside.Outcome;

/**
 * Looks for the caller among the contacts.
 *
 * @param attributes variable → attribute of the contact
 * @param several there is an exit for when more than one has the number
 */
public record ContactLookup(SortedMap<String, String> attributes, boolean several)
        implements Errand {

    public static final String FOUND = "found";
    public static final String NOT_FOUND = "not-found";
    public static final String SEVERAL = "several";

    /** What was found is known for the whole call, in all its flows, by names that begin so. */
    public static final String PREFIX = "contact.";

    private static final String YES = PREFIX + "found";
    private static final String RESPONSIBLE = PREFIX + "responsible";

    public ContactLookup {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    @Override
    public String word() {
        return "contact";
    }

    /** What comes of it, given who has the number. */
    public Outcome outcome(List<KnownContact> found, Responsibles responsibles) {
        if (found.isEmpty()) {
            return Outcome.of(NOT_FOUND);
        }
        var common = values(found.getFirst(), responsibles);
        for (var other : found) {
            common.entrySet().retainAll(values(other, responsibles).entrySet());
        }
        return new Outcome(found.size() > 1 && several ? SEVERAL : FOUND, common);
    }

    private TreeMap<String, String> values(KnownContact contact, Responsibles responsibles) {
        var values = new TreeMap<>(contact.facts());
        attributes.forEach(
                (variable, attribute) ->
                        values.put(variable, contact.attributes().getOrDefault(attribute, "")));
        responsibles.of(contact).ifPresent(extension -> values.put(RESPONSIBLE, extension));
        values.put(YES, "true");
        return values;
    }
}
