// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many processes of each service run on this machine: one unless said otherwise, none for a
 * service that is being debugged elsewhere.
 */
public record Replicas(Map<Service, Integer> counts) {

    public Replicas {
        var copy = new EnumMap<Service, Integer>(Service.class);
        copy.putAll(counts);
        copy.forEach(Replicas::check);
        counts = Map.copyOf(copy);
    }

    /** Reads {@code sip-ingress=2,media=2}. */
    public static Replicas parse(String text) {
        var counts = new EnumMap<Service, Integer>(Service.class);
        for (var entry : text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*", -1)) {
            var sides = entry.split("=", -1);
            var service = Service.named(sides[0]);
            if (sides.length != 2 || service.isEmpty() || !sides[1].matches("[0-9]{1,2}")) {
                throw new IllegalArgumentException(
                        "PANACALL_REPLICAS: '%s' is not service=count with a service of %s"
                                .formatted(entry, Service.replicableTitles()));
            }
            counts.put(service.get(), Integer.valueOf(sides[1]));
        }
        return new Replicas(counts);
    }

    public int of(Service service) {
        return counts.getOrDefault(service, 1);
    }

    private static void check(Service service, int count) {
        int most = service.replicable() ? Ports.REPLICAS_MAX : 1;
        if (count < 0 || count > most) {
            throw new IllegalArgumentException(
                    "PANACALL_REPLICAS: %s=%d, but 0 to %d can run here"
                            .formatted(service.title(), count, most));
        }
    }
}
