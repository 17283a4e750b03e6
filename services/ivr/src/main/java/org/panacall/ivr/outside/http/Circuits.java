// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.panacall.defaults.Circuit;

/** Circuits of the servers that were asked last, each tenant's for himself. */
final class Circuits {

    private static final int ALL_MAX = 1_000;

    private final int failures;
    private final Duration pause;
    private final Map<String, Circuit> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Circuit> eldest) {
                    return size() > ALL_MAX;
                }
            };

    Circuits(int failures, Duration pause) {
        this.failures = failures;
        this.pause = pause;
    }

    synchronized Circuit of(String tenant, String server) {
        return known.computeIfAbsent(tenant + " " + server, _ -> new Circuit(failures, pause));
    }
}
