// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.TenantId;

/** All tenants' flows and dial plans, as of one version of the configuration. */
public record Catalog(long version, Map<TenantId, Tenant> tenants) {

    /** What one tenant has. */
    public record Tenant(Map<FlowId, Flow> flows, DialPlan dialPlan) {
        public Tenant {
            flows = Map.copyOf(flows);
        }
    }

    public Catalog {
        tenants = Map.copyOf(tenants);
    }

    public Optional<Tenant> tenant(TenantId tenant) {
        return Optional.ofNullable(tenants.get(tenant));
    }

    public Optional<Flow> flow(TenantId tenant, FlowId flow) {
        return tenant(tenant).map(Tenant::flows).map(flows -> flows.get(flow));
    }
}
