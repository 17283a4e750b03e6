// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.soak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Whether a soak's samples are flat: the last third beside the first, process by process, and the
 * end beside the beginning.
 */
final class Verdict {

    /** JVMs warm up for minutes; before this much has passed, memory says nothing. */
    static final int SAMPLES_MIN = 9;

    private static final double GROWTH_MAX = 0.10;
    private static final long MEMORY_SLACK = 16 << 20;
    private static final long COUNT_SLACK = 8;

    private final List<Sample> samples;

    /** Samples under load, in order. */
    Verdict(List<Sample> samples) {
        this.samples = List.copyOf(samples);
    }

    boolean judgesMemory() {
        return samples.size() >= SAMPLES_MIN;
    }

    /** What grew, one text each; empty when all is flat. */
    List<String> growth() {
        var found = new ArrayList<String>();
        if (samples.size() < 3) {
            return found;
        }
        for (var process : samples.getFirst().processes()) {
            var name = process.name();
            if (judgesMemory()) {
                grew(found, name + " PSS", MEMORY_SLACK, in(name, ProcessSample::pssBytes));
            }
            grew(found, name + " descriptors", COUNT_SLACK, in(name, ProcessSample::descriptors));
            grew(found, name + " threads", COUNT_SLACK, in(name, ProcessSample::threads));
        }
        for (var figure :
                List.of(
                        "natsStreams",
                        "natsConsumers",
                        "natsConnections",
                        "natsSubscriptions",
                        "postgresProcesses")) {
            grew(found, figure, COUNT_SLACK, sample -> sample.figures().get(figure));
        }
        return found;
    }

    /** Processes that died during the soak. */
    List<String> restarts() {
        return samples.getLast().processes().stream()
                .filter(one -> one.restarts() > 0)
                .map(one -> one.name() + " was started again " + one.restarts() + " times")
                .toList();
    }

    /** Heaps after a collection, early and late, that grew: what leaks even when PSS is level. */
    static List<String> heapGrowth(Map<String, Long> early, Map<String, Long> late) {
        var found = new ArrayList<String>();
        early.forEach(
                (name, before) -> {
                    long after = late.getOrDefault(name, before);
                    if (after - before > MEMORY_SLACK && after > before * (1 + GROWTH_MAX)) {
                        found.add("%s heap after GC %s".formatted(name, change(before, after)));
                    }
                });
        return found;
    }

    private static ToLongFunction<Sample> in(String name, ToLongFunction<ProcessSample> what) {
        return sample ->
                sample.processes().stream()
                        .filter(one -> one.name().equals(name))
                        .mapToLong(what)
                        .sum();
    }

    private void grew(List<String> found, String what, long slack, ToLongFunction<Sample> of) {
        int third = samples.size() / 3;
        long first = median(samples.subList(0, third), of);
        long last = median(samples.subList(samples.size() - third, samples.size()), of);
        if (last - first > slack && last > first * (1 + GROWTH_MAX)) {
            found.add(what + " " + change(first, last));
        }
    }

    private static long median(List<Sample> part, ToLongFunction<Sample> of) {
        var values = part.stream().map(of::applyAsLong).sorted(Comparator.naturalOrder()).toList();
        return values.get(values.size() / 2);
    }

    private static String change(long from, long to) {
        return from >= 1 << 20
                ? "%d → %d MB".formatted(from >> 20, to >> 20)
                : "%d → %d".formatted(from, to);
    }
}
