// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What strategies promise, looked for in the records of served calls, oldest first. */
final class Checks {

    /** A record's times are those of sip-ingress; acd hears of them a moment later. */
    private static final Duration BLUR = Duration.ofMillis(100);

    private Checks() {}

    /** Whoever has been idle longest; whoever had no call yet before all others. */
    static Optional<String> longestIdle(List<Served> calls, List<String> agents) {
        var idleSince = new TreeMap<String, Instant>();
        agents.forEach(agent -> idleSince.put(agent, Instant.MIN));
        for (var call : calls) {
            var chosen = idleSince.get(call.agent());
            var longest =
                    idleSince.values().stream()
                            .filter(since -> since.isBefore(call.queuedAt().minus(BLUR)))
                            .min(Instant::compareTo);
            if (longest.isPresent() && chosen.isAfter(longest.get().plus(BLUR))) {
                return Optional.of(
                        "%s was idle since %s, somebody since %s"
                                .formatted(call.agent(), chosen, longest.get()));
            }
            idleSince.put(call.agent(), call.endedAt());
        }
        return spread(calls, agents, 1);
    }

    /** Nobody has had many more calls than another. */
    static Optional<String> spread(List<Served> calls, List<String> agents, long most) {
        var counts = counts(calls, agents);
        var least = counts.values().stream().min(Long::compare).orElse(0L);
        var greatest = counts.values().stream().max(Long::compare).orElse(0L);
        return greatest - least <= most
                ? Optional.empty()
                : Optional.of("from %d to %d calls".formatted(least, greatest));
    }

    static Map<String, Long> counts(List<Served> calls, List<String> agents) {
        var counts = new TreeMap<String, Long>();
        agents.forEach(agent -> counts.put(agent, 0L));
        calls.forEach(call -> counts.merge(call.agent(), 1L, Long::sum));
        return counts;
    }
}
