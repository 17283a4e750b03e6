// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.call.v1.RingGroup;
import org.panacall.proto.directory.v1.AwaitStep;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.GoToStep;
import org.panacall.proto.directory.v1.HoursStep;
import org.panacall.proto.directory.v1.NotifyStep;
import org.panacall.proto.directory.v1.QueueStep;
import org.panacall.proto.directory.v1.RecordMessageStep;
import org.panacall.proto.directory.v1.ScreenStep;
import org.panacall.proto.directory.v1.Step;
import org.panacall.proto.directory.v1.SubFlowStep;

/**
 * The names that documents of flows use instead of the contract's: {@code id} for {@code stepId}
 * and so on. Both are read, the short ones are written.
 */
final class ShortNames {

    private static final Map<Descriptor, Map<String, String>> LONG =
            Map.ofEntries(
                    Map.entry(
                            Flow.getDescriptor(),
                            Map.of(
                                    "id", "flowId",
                                    "entry", "entryStepId",
                                    "fallbackQueue", "fallbackQueueId")),
                    Map.entry(Step.getDescriptor(), Map.of("id", "stepId")),
                    Map.entry(Prompt.getDescriptor(), Map.of("id", "promptId")),
                    Map.entry(QueueStep.getDescriptor(), Map.of("id", "queueId")),
                    Map.entry(HoursStep.getDescriptor(), Map.of("calendar", "calendarId")),
                    Map.entry(ScreenStep.getDescriptor(), Map.of("lists", "listIds")),
                    Map.entry(SubFlowStep.getDescriptor(), Map.of("flow", "flowId")),
                    Map.entry(GoToStep.getDescriptor(), Map.of("flow", "flowId")),
                    Map.entry(AwaitStep.getDescriptor(), Map.of("step", "stepId")),
                    Map.entry(RecordMessageStep.getDescriptor(), Map.of("queue", "queueId")),
                    Map.entry(NotifyStep.getDescriptor(), Map.of("template", "templateId")),
                    Map.entry(
                            RingGroup.getDescriptor(), Map.of("afterTalkFlow", "afterTalkFlowId")));

    private ShortNames() {}

    /** The tree with the contract's names. */
    static Map<String, Object> expanded(Map<?, ?> tree, Descriptor type) {
        var result = new LinkedHashMap<String, Object>();
        tree.forEach(
                (key, value) -> {
                    var name = longName(type, String.valueOf(key));
                    // What is said beside a stored prompt is its fallback.
                    if (type.equals(Prompt.getDescriptor())
                            && name.equals("text")
                            && (tree.containsKey("id") || tree.containsKey("promptId"))) {
                        name = "fallbackText";
                    }
                    result.put(name, nested(type, name, value, true));
                });
        return result;
    }

    /** The tree with the documents' names. */
    static Map<String, Object> shortened(Map<?, ?> tree, Descriptor type) {
        var result = new LinkedHashMap<String, Object>();
        tree.forEach(
                (key, value) -> {
                    var name = String.valueOf(key);
                    var isFallback =
                            type.equals(Prompt.getDescriptor()) && name.equals("fallbackText");
                    result.put(
                            isFallback ? "text" : shortName(type, name),
                            nested(type, name, value, false));
                });
        return result;
    }

    /** A field's name in documents. */
    static String shortName(Descriptor type, String name) {
        return LONG.getOrDefault(type, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    private static String longName(Descriptor type, String name) {
        return LONG.getOrDefault(type, Map.of()).getOrDefault(name, name);
    }

    private static Object nested(Descriptor type, String name, Object value, boolean expand) {
        return message(type, name).map(inner -> each(inner, value, expand)).orElse(value);
    }

    private static Object each(Descriptor inner, Object value, boolean expand) {
        return switch (value) {
            case Map<?, ?> tree -> expand ? expanded(tree, inner) : shortened(tree, inner);
            case List<?> list -> list.stream().map(one -> each(inner, one, expand)).toList();
            case null -> null;
            default -> value;
        };
    }

    private static Optional<Descriptor> message(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(field -> field.getJsonName().equals(name))
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .filter(field -> !field.isMapField())
                .map(FieldDescriptor::getMessageType)
                .findFirst();
    }
}
