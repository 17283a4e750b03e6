// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.panacall.sipingress.core.plan.TenantId;

/**
 * Whose phone rings next while acd is away: of those that are free, the one that was not rung for
 * the longest time. A phone that was rung in vain rests for a pause, which doubles with each time
 * up to eight pauses, so that phones that nobody answers are not tried without end.
 *
 * <p>State of the process: an heir begins anew. Bounded to 10,000 phones; the one rung longest ago
 * is forgotten.
 */
public final class RingGroup {

    private static final int PHONES_MAX = 10_000;
    private static final int DOUBLINGS_MAX = 3;

    private final Duration pause;

    /** The phone that was rung longest ago comes first. */
    private final LinkedHashMap<Phone, Rest> phones = new LinkedHashMap<>();

    private long rings;

    /** A device of a tenant. */
    private record Phone(TenantId tenant, String extension) {}

    /** When it was rung last, as a count of rings, and how often in vain since it was answered. */
    private record Rest(long rung, int failures, Instant until) {}

    public RingGroup(Duration pause) {
        this.pause = pause;
    }

    /** Who is to be rung; he counts as rung from now on. */
    public Optional<String> next(
            TenantId tenant, List<String> members, Set<String> busy, Instant now) {
        Optional<String> found = Optional.empty();
        long earliest = Long.MAX_VALUE;
        for (var member : members) {
            var rest = phones.get(new Phone(tenant, member));
            long rung = rest == null ? 0 : rest.rung;
            boolean free = !busy.contains(member) && (rest == null || !rest.until.isAfter(now));
            if (free && rung < earliest) {
                earliest = rung;
                found = Optional.of(member);
            }
        }
        found.ifPresent(member -> rings(new Phone(tenant, member), now));
        return found;
    }

    private void rings(Phone phone, Instant now) {
        var before = phones.remove(phone);
        if (phones.size() == PHONES_MAX) phones.pollFirstEntry();
        phones.put(phone, new Rest(++rings, before == null ? 0 : before.failures, now));
    }

    /** A phone was rung in vain. */
    public void missed(TenantId tenant, String extension, Instant now) {
        phones.computeIfPresent(
                new Phone(tenant, extension),
                (phone, rest) -> {
                    var rests = pause.multipliedBy(1L << Math.min(rest.failures, DOUBLINGS_MAX));
                    return new Rest(rest.rung, rest.failures + 1, now.plus(rests));
                });
    }

    /** A phone was answered. */
    public void answered(TenantId tenant, String extension) {
        phones.computeIfPresent(
                new Phone(tenant, extension), (phone, rest) -> new Rest(rest.rung, 0, rest.until));
    }
}
