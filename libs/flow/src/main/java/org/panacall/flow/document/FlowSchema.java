// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.document;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.panacall.defaults.tree.Words;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Step;

/**
 * The JSON schema (2020-12) of documents of flows, made of the contract, so that editors complete
 * and check what is written. What only makes sense in a tenant is checked by {@code FlowChecks}.
 */
public final class FlowSchema {

    private static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h)|P.*)$";

    private final Map<String, Object> definitions = new LinkedHashMap<>();
    private final TreeSet<String> met = new TreeSet<>();
    private final ArrayDeque<Descriptor> open = new ArrayDeque<>();

    private FlowSchema() {}

    /** The schema as a tree of maps and lists. */
    public static Map<String, Object> tree() {
        return new FlowSchema().make();
    }

    private Map<String, Object> make() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Flow");
        schema.putAll(object(Flow.getDescriptor()));
        schema.put("required", List.of("name", "entry", "steps"));
        while (!open.isEmpty()) {
            var type = open.remove();
            definitions.put(type.getName(), object(type));
        }
        schema.put("$defs", definitions);
        return schema;
    }

    private Map<String, Object> object(Descriptor type) {
        var properties = new LinkedHashMap<String, Object>();
        for (var field : type.getFields()) {
            properties.put(ShortNames.shortName(type, field.getJsonName()), value(field));
        }
        if (type.equals(org.panacall.proto.call.v1.Prompt.getDescriptor())) {
            // Written as "text" beside an id.
            properties.remove("fallbackText");
            properties.remove("recording");
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("additionalProperties", false);
        if (type.equals(Step.getDescriptor())) {
            object.put("required", List.of("id"));
            object.put(
                    "oneOf",
                    type.getOneofs().getFirst().getFields().stream()
                            .map(kind -> Map.of("required", List.of(kind.getJsonName())))
                            .toList());
        }
        return object;
    }

    private Map<String, Object> value(FieldDescriptor field) {
        if (field.isMapField()) {
            return Map.of(
                    "type",
                    "object",
                    "additionalProperties",
                    single(field.getMessageType().findFieldByNumber(2)));
        }
        return field.isRepeated() ? Map.of("type", "array", "items", single(field)) : single(field);
    }

    private Map<String, Object> single(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING, BYTE_STRING -> Map.of("type", "string");
            case BOOLEAN -> Map.of("type", "boolean");
            case INT, LONG -> Map.of("type", "integer", "minimum", 0);
            case FLOAT, DOUBLE -> Map.of("type", "number");
            case ENUM -> Map.of("enum", Words.words(field.getEnumType()));
            case MESSAGE -> message(field.getMessageType());
        };
    }

    private Map<String, Object> message(Descriptor type) {
        if (type.equals(Duration.getDescriptor())) {
            return Map.of("type", "string", "pattern", DURATION);
        }
        if (met.add(type.getName())) {
            open.add(type);
        }
        return Map.of("$ref", "#/$defs/" + type.getName());
    }
}
