// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The tenants of this installation, by id. For any thread. */
@ApplicationScoped
public class Tenants {

    private final ConcurrentSkipListMap<String, TenantShard> shards = new ConcurrentSkipListMap<>();

    public Optional<TenantShard> find(String tenant) {
        return Optional.ofNullable(shards.get(tenant));
    }

    /** The tenant that has this SIP domain. */
    public Optional<TenantShard> ofDomain(String domain) {
        return shards.values().stream()
                .filter(shard -> shard.settings().sipDomain().equalsIgnoreCase(domain))
                .findFirst();
    }

    public Collection<TenantShard> all() {
        return List.copyOf(shards.values());
    }

    void put(TenantShard shard) {
        shards.put(shard.tenant(), shard);
    }

    void remove(TenantShard shard) {
        shards.remove(shard.tenant(), shard);
    }
}
