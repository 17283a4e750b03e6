// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.mailbox.Owner;
import org.panacall.ivr.core.run.Run;

/** All tenants' flows and dial plans, as of one version of the configuration. */
public record Catalog(long version, Map<TenantId, Tenant> tenants) {

    /**
     * What one tenant has.
     *
     * @param flowOfNumber flows by the number that leads to them, E.164 with "+"
     * @param fallback where calls go that no flow can be found for
     * @param outsideHosts servers that flows may ask
     * @param owners people by the SIP users of their phones
     */
    public record Tenant(
            Map<FlowId, Flow> flows,
            Map<String, FlowId> flowOfNumber,
            DialPlan dialPlan,
            Optional<QueueId> fallback,
            Around around,
            List<String> outsideHosts,
            Map<String, Owner> owners) {

        private static final StepId FALLBACK = new StepId("fallback");

        public Tenant {
            flows = Map.copyOf(flows);
            flowOfNumber = Map.copyOf(flowOfNumber);
            outsideHosts = List.copyOf(outsideHosts);
            owners = Map.copyOf(owners);
        }

        /** What a run through that flow goes by. */
        public Run.Drawing drawing(Flow flow) {
            return new Run.Drawing(flow, dialPlan, around);
        }

        /** The flow that a number leads to, else one that leads to the fallback queue. */
        public Flow flowOf(String number) {
            return Optional.ofNullable(flowOfNumber.get(number))
                    .map(flows::get)
                    .orElseGet(this::straightToTheQueue);
        }

        private Flow straightToTheQueue() {
            var kind =
                    fallback.<Step.Kind>map(queue -> new Step.Enqueue(queue, Map.of()))
                            .orElseGet(Step.HangUp::new);
            var steps = Map.of(FALLBACK, new Step(FALLBACK, kind, Map.of()));
            return new Flow(new FlowId("fallback"), 0, FALLBACK, steps, fallback);
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
