// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.panacall.desktop.problems.Problem;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowVariable;
import org.panacall.proto.directory.v1.Tenant;

/**
 * A flow that a caller is to be led through, and what its variables hold at first, as text.
 *
 * @param variables by name, in order
 */
record CallFlow(String flowId, SortedMap<String, String> variables) {

    private static final int LETTERS_MAX = 1_000;
    private static final int ALL_LETTERS_MAX = 3_500;

    CallFlow {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** What was asked for, if the clinic has published such a flow. */
    static CallFlow of(String flowId, Map<String, Object> variables, Tenant tenant) {
        var flow =
                tenant.getFlowsList().stream()
                        .filter(one -> one.getFlowId().equals(flowId) && !one.getSubFlow())
                        .findFirst()
                        .orElseThrow(() -> Problem.mistake("flowId", "must name a published flow"));
        var texts = new TreeMap<String, String>();
        if (variables != null) {
            variables.forEach((name, value) -> texts.put(name, text(flow, name, value)));
        }
        int letters =
                texts.entrySet().stream()
                        .mapToInt(one -> one.getKey().length() + one.getValue().length())
                        .sum();
        if (letters > ALL_LETTERS_MAX) {
            throw Problem.mistake("variables", "have " + ALL_LETTERS_MAX + " letters at most");
        }
        return new CallFlow(flowId, texts);
    }

    private static String text(Flow flow, String name, Object value) {
        var field = "variables." + name;
        var variable =
                flow.getVariablesList().stream()
                        .filter(one -> one.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> Problem.mistake(field, "is no variable of the flow"));
        var text = String.valueOf(value);
        if (!isValue(variable, value, text)) {
            throw Problem.mistake(field, "must be " + wanted(variable));
        }
        return text;
    }

    private static boolean isValue(FlowVariable variable, Object value, String text) {
        return switch (variable.getKind()) {
            case VARIABLE_KIND_NUMBER -> text.matches("-?[0-9]{1,18}");
            case VARIABLE_KIND_YES_NO -> text.equals("true") || text.equals("false");
            default -> value instanceof String && text.length() <= LETTERS_MAX;
        };
    }

    private static String wanted(FlowVariable variable) {
        return switch (variable.getKind()) {
            case VARIABLE_KIND_NUMBER -> "a whole number";
            case VARIABLE_KIND_YES_NO -> "true or false";
            default -> "text of " + LETTERS_MAX + " letters at most";
        };
    }
}
