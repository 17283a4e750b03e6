// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.panacall.defaults.tree.Words;

/** Schemas of the contract's messages, as their JSON looks outside. */
final class MessageSchema {

    private static final String REFERENCE = "#/components/schemas/";

    /** Schemas of the messages inside those that were asked for, by name. */
    private final Map<String, Schema> nested = new TreeMap<>();

    /** A message's fields, but for those that are hidden. */
    Schema of(Descriptor type, Set<String> hidden) {
        var schema = kind(SchemaType.OBJECT).additionalPropertiesSchema(nothing());
        for (var field : type.getFields()) {
            if (!hidden.contains(field.getJsonName())) {
                schema.addProperty(field.getJsonName(), field(field));
            }
        }
        return schema;
    }

    Map<String, Schema> nested() {
        return nested;
    }

    private Schema field(FieldDescriptor field) {
        if (field.isMapField()) {
            var value = field.getMessageType().findFieldByNumber(2);
            return kind(SchemaType.OBJECT).additionalPropertiesSchema(value(value));
        }
        return field.isRepeated() ? kind(SchemaType.ARRAY).items(value(field)) : value(field);
    }

    private Schema value(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING, BYTE_STRING -> kind(SchemaType.STRING);
            case BOOLEAN -> kind(SchemaType.BOOLEAN);
            case INT -> kind(SchemaType.INTEGER).format("int32");
            case LONG -> kind(SchemaType.INTEGER).format("int64");
            case DOUBLE, FLOAT -> kind(SchemaType.NUMBER);
            case ENUM ->
                    kind(SchemaType.STRING)
                            .enumeration(new ArrayList<>(Words.words(field.getEnumType())));
            case MESSAGE -> message(field.getMessageType());
        };
    }

    private Schema message(Descriptor type) {
        if (type.equals(Duration.getDescriptor())) {
            return kind(SchemaType.STRING).format("duration").addExample("PT15S");
        }
        if (type.equals(Timestamp.getDescriptor())) {
            return kind(SchemaType.STRING).format("date-time");
        }
        // Not to be mistaken for a resource of that name.
        var name = type.getName() + "Settings";
        if (!nested.containsKey(name)) {
            // Known before its fields are, for messages that have themselves inside.
            nested.put(name, kind(SchemaType.OBJECT));
            nested.put(name, of(type, Set.of()));
        }
        return OASFactory.createSchema().ref(REFERENCE + name);
    }

    private static Schema nothing() {
        return OASFactory.createSchema().booleanSchema(false);
    }

    private static Schema kind(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }
}
