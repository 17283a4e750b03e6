// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.outside;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.ivr.core.id.StepId;

/**
 * An errand for one caller.
 *
 * @param step that asks
 * @param arguments what the errand is done with: Strings, Longs, Booleans, lists of Strings; may be
 *     personal
 * @param key the same whenever the same is asked, by whichever process: run, step and visit
 * @param within the time after which nobody waits for the outcome any more
 */
public record Question(
        StepId step,
        Errand errand,
        SortedMap<String, Object> arguments,
        String key,
        Duration within) {

    public Question {
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    @Override
    public String toString() {
        return "Question[step=" + step + ", errand=" + errand.word() + "]";
    }
}
