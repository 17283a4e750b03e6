// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.flow.Flow;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.VariableKind;

/** Makes a flow that can be run of one that was drawn. */
final class FlowReader {

    private FlowReader() {}

    /**
     * @param tenantFallback queue for a flow that names none; sub-flows leave that to whoever
     *     enters them
     * @throws IllegalArgumentException when the drawing makes no sense
     */
    static Flow read(org.panacall.proto.directory.v1.Flow drawn, Optional<QueueId> tenantFallback) {
        var kinds = new StepReader(drawn);
        var steps = new LinkedHashMap<StepId, Step>();
        for (var step : drawn.getStepsList()) {
            var id = new StepId(step.getStepId());
            if (steps.put(id, new Step(id, kinds.kind(step), exits(step.getExitsMap()))) != null) {
                throw new IllegalArgumentException("two steps are called " + id);
            }
        }
        var entry = new StepId(drawn.getEntryStepId());
        if (!steps.containsKey(entry)) {
            throw new IllegalArgumentException("there is no entry step " + entry);
        }
        var usual = drawn.getSubFlow() ? Optional.<QueueId>empty() : tenantFallback;
        var fallback =
                drawn.getFallbackQueueId().isEmpty()
                        ? usual
                        : Optional.of(new QueueId(drawn.getFallbackQueueId()));
        return new Flow(
                new FlowId(drawn.getFlowId()),
                drawn.getVersion(),
                entry,
                steps,
                fallback,
                variables(drawn.getVariablesList()));
    }

    private static Map<String, StepId> exits(Map<String, String> drawn) {
        var exits = new TreeMap<String, StepId>();
        drawn.forEach((exit, step) -> exits.put(exit, new StepId(step)));
        return exits;
    }

    private static Map<String, Variable> variables(List<FlowVariable> drawn) {
        var variables = new TreeMap<String, Variable>();
        for (var one : drawn) {
            var kind = kind(one.getKind());
            variables.put(one.getName(), new Variable(one.getName(), kind, one.getInitial()));
        }
        return variables;
    }

    static Variable.Kind kind(VariableKind kind) {
        return switch (kind) {
            case VARIABLE_KIND_NUMBER -> Variable.Kind.NUMBER;
            case VARIABLE_KIND_YES_NO -> Variable.Kind.YES_NO;
            case VARIABLE_KIND_TEXT, VARIABLE_KIND_UNSPECIFIED, UNRECOGNIZED -> Variable.Kind.TEXT;
        };
    }
}
