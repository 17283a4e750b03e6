// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.engine.nats.Leadership;

/** One tenant as this instance sees it: led by us, or by somebody whose address is known. */
public final class TenantShard implements AutoCloseable {

    private final String tenant;
    private final Leadership<TenantTerm> leadership;
    private final ArrayDeque<AutoCloseable> ours = new ArrayDeque<>();
    private volatile Settings settings;
    private volatile TenantTerm term;

    /** What directory says of a tenant. */
    public record Settings(String sipDomain, TenantPlan plan) {}

    /**
     * Begins to contend for a tenant.
     *
     * @param contend given this shard, of which only the tenant and its settings may be asked yet
     */
    TenantShard(
            String tenant,
            Settings settings,
            Function<TenantShard, Leadership<TenantTerm>> contend) {
        this.tenant = tenant;
        this.settings = settings;
        leadership = contend.apply(this);
    }

    public String tenant() {
        return tenant;
    }

    public Settings settings() {
        return settings;
    }

    void settings(Settings next) {
        settings = next;
        leading().ifPresent(acd -> acd.send(new AcdCommand.ConfigureTenant(next.plan())));
    }

    /** A term of ours began. What changed since its core was made is told to it. */
    void opened(TenantTerm next) {
        term = next;
        next.atEnd(() -> term = null);
        next.send(new AcdCommand.ConfigureTenant(settings.plan()));
    }

    /** The core, while we lead. */
    public Optional<AcdMailbox> leading() {
        return Optional.ofNullable(term);
    }

    /** Whether we lead, or know who does. */
    boolean known() {
        return term != null || leadership.leader().isPresent();
    }

    /** Address of the leader as last seen. */
    public Optional<String> leader() {
        return leadership.leader();
    }

    /** Has this closed when we no longer contend for the tenant. */
    void keep(AutoCloseable closeable) {
        ours.push(closeable);
    }

    @Override
    public void close() {
        leadership.close();
        ours.forEach(TenantTerm::closeQuietly);
    }
}
