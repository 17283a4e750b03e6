// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.panacall.proto.directory.v1.Flow;

/** What differs between two drawings, place by place. */
public final class FlowDiff {

    /**
     * A place that differs.
     *
     * @param field "steps(menu).exits.1"
     * @param before empty where there was nothing
     * @param after empty where there is nothing
     */
    public record Change(String field, String before, String after) {}

    private FlowDiff() {}

    /** By field; the version itself is no difference. */
    public static List<Change> between(Flow before, Flow after) {
        var old = flat(before);
        var now = flat(after);
        var all = new TreeMap<>(old);
        all.putAll(now);
        var changes = new ArrayList<Change>();
        for (var field : all.keySet()) {
            var one = old.getOrDefault(field, "");
            var other = now.getOrDefault(field, "");
            if (!one.equals(other)) {
                changes.add(new Change(field, one, other));
            }
        }
        return changes;
    }

    private static Map<String, String> flat(Flow flow) {
        var flat = new TreeMap<String, String>();
        flatten("", FlowDocument.tree(flow.toBuilder().clearVersion().build()), flat);
        return flat;
    }

    private static void flatten(String path, Object value, Map<String, String> flat) {
        switch (value) {
            case Map<?, ?> tree ->
                    tree.forEach(
                            (name, inner) ->
                                    flatten(
                                            path.isEmpty() ? name.toString() : path + "." + name,
                                            inner,
                                            flat));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    flatten(path + place(list.get(i), i), list.get(i), flat);
                }
            }
            default -> flat.put(path, String.valueOf(value));
        }
    }

    /** Things with an id keep it when others come or go before them. */
    private static String place(Object one, int number) {
        return one instanceof Map<?, ?> tree && tree.containsKey("id")
                ? "(" + tree.get("id") + ")"
                : "[" + number + "]";
    }
}
