// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.lookup;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Somebody whom the clinic knows. Personal: never logged.
 *
 * @param facts name in expressions → value, "contact.category" → "vip"; what is not known is absent
 * @param rules those that hold at a time come before the responsible
 */
public record KnownContact(
        SortedMap<String, String> facts,
        SortedMap<String, String> attributes,
        Optional<Target> responsible,
        List<Rule> rules) {

    /**
     * Somebody else takes his calls for some time.
     *
     * @param calendar while it is open; empty: all the time
     */
    public record Rule(
            Target to, Optional<Instant> from, Optional<Instant> until, String calendar) {}

    public KnownContact {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        rules = List.copyOf(rules);
    }

    @Override
    public String toString() {
        return "(masked)";
    }
}
