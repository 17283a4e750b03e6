// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.edge;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What edges say of registered phones, put in order: a reading of all phones that began before an
 * event was heard knows nothing of that event. Not safe for threads; its owner locks.
 */
final class Registrations {

    private static final int RECENT_MAX = 10_000;

    /** "extension@domain", as the edge names it. */
    record Device(String extension, String domain) {

        static Device of(String addressOfRecord) {
            var at = addressOfRecord.indexOf('@');
            return at < 0
                    ? new Device(addressOfRecord, "")
                    : new Device(
                            addressOfRecord.substring(0, at), addressOfRecord.substring(at + 1));
        }
    }

    /** An event and when it was heard, in nanoseconds of our own clock. */
    private record Heard(Duration lease, long nanos) {}

    private final Map<Device, Heard> recent = new HashMap<>();

    /** Notes an event; zero says that the device is gone. */
    void heard(Device device, Duration lease, long nanos) {
        if (recent.size() >= RECENT_MAX) {
            recent.clear();
        }
        recent.put(device, new Heard(lease, nanos));
    }

    /**
     * Corrects a reading by the events heard since it began, and forgets older ones.
     *
     * @param begun when the reading began
     * @return by domain, the lease of each extension that is registered
     */
    Map<String, Map<String, Duration>> corrected(
            Map<Device, Duration> reading, List<String> domains, long begun) {
        recent.values().removeIf(heard -> heard.nanos() - begun < 0);
        var truth = new HashMap<>(reading);
        recent.forEach((device, heard) -> truth.put(device, heard.lease()));
        var byDomain = new TreeMap<String, Map<String, Duration>>();
        domains.forEach(domain -> byDomain.put(domain, new TreeMap<>()));
        truth.forEach(
                (device, lease) -> {
                    var tenant = byDomain.get(device.domain());
                    if (tenant != null && lease.isPositive()) {
                        tenant.put(device.extension(), lease);
                    }
                });
        return byDomain;
    }
}
