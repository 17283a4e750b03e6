// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.flow;

import java.util.Map;
import java.util.Optional;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;

/**
 * What happens to a caller, drawn by the clinic. A run keeps the version it began with.
 *
 * @param fallback queue for every failure that has no exit of its own; empty only when the tenant
 *     has no queue at all
 */
public record Flow(
        FlowId id,
        long version,
        StepId entry,
        Map<StepId, Step> steps,
        Optional<QueueId> fallback,
        Map<String, Variable> variables) {

    public Flow {
        steps = Map.copyOf(steps);
        variables = Map.copyOf(variables);
    }

    /** One that remembers nothing. */
    public Flow(
            FlowId id,
            long version,
            StepId entry,
            Map<StepId, Step> steps,
            Optional<QueueId> fallback) {
        this(id, version, entry, steps, fallback, Map.of());
    }

    /** Whether it decides by itself when the call is answered. */
    public boolean answersItself() {
        return steps.values().stream().anyMatch(step -> step.kind() instanceof Step.Answer);
    }

    public Optional<Step> step(StepId step) {
        return Optional.ofNullable(steps.get(step));
    }
}
