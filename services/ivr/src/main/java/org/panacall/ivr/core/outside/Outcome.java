// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.outside;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.mailbox.Mailbox;

/**
 * What came of an errand.
 *
 * @param exit of its step; when that is not drawn, the step fails
 * @param values of variables, which may be personal
 * @param mailbox that was opened
 */
public record Outcome(String exit, SortedMap<String, String> values, Mailbox mailbox) {

    public Outcome {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** One that opened no mailbox. */
    public Outcome(String exit, SortedMap<String, String> values) {
        this(exit, values, Mailbox.EMPTY);
    }

    /** One that tells nothing but the exit. */
    public static Outcome of(String exit) {
        return new Outcome(exit, Collections.emptySortedMap());
    }

    @Override
    public String toString() {
        return "Outcome[exit=" + exit + "]";
    }
}
