// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a caller may say instead of pressing a key.
 *
 * @param choices key → phrases that choose it
 * @param patience how long he may keep silent after the prompts
 */
public record Listening(
        String language, SortedMap<String, List<String>> choices, Duration patience) {

    public Listening {
        var copy = new TreeMap<String, List<String>>();
        choices.forEach((key, phrases) -> copy.put(key, List.copyOf(phrases)));
        choices = Collections.unmodifiableSortedMap(copy);
    }
}
