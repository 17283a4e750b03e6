// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Why an agent may be not ready, as the tenant has defined it.
 *
 * @param names by language
 * @param limits how long; reaching one is told, and changes something only when they say so
 */
public record BreakReason(
        String code, NavigableMap<String, String> names, boolean paid, Limits limits) {

    /**
     * @param atATime how long one break may last
     * @param inShift how long all breaks of a shift may last together
     * @param thenReady whoever exceeds one is made ready
     */
    public record Limits(
            Optional<Duration> atATime, Optional<Duration> inShift, boolean thenReady) {

        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), false);
    }

    public BreakReason {
        names = Collections.unmodifiableNavigableMap(new TreeMap<>(names));
    }
}
