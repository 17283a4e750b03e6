// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.plan.TenantId;

/** The lines of all tenants for which acd is away. A line lasts as long as somebody is in it. */
public final class Lines {

    private final LinkedHashMap<TenantId, Line> lines = new LinkedHashMap<>();

    /** The tenant's line; acd is away for him while there is one. */
    public Optional<Line> of(TenantId tenant) {
        return Optional.ofNullable(lines.get(tenant));
    }

    /** Puts a caller in line, which begins so if he is the first one. */
    public void join(TenantId tenant, CallId call, Instant since, Line.Start start, Instant now) {
        lines.computeIfAbsent(tenant, first -> new Line(start)).join(call, since, now);
    }

    /** Tenants with somebody in line. */
    public List<TenantId> tenants() {
        return List.copyOf(lines.keySet());
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Callers in all lines. */
    public int callers() {
        return lines.values().stream().mapToInt(Line::size).sum();
    }

    /** Forgets lines that nobody is in. */
    public void tidy() {
        lines.values().removeIf(Line::isEmpty);
    }

    public Optional<Instant> due() {
        return lines.values().stream()
                .flatMap(line -> line.due().stream())
                .min(Comparator.naturalOrder());
    }
}
