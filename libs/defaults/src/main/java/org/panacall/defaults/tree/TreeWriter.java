// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message of a contract as a tree of maps, lists, texts, numbers and truth values, which is what
 * JSON and YAML are made of. Fields have their JSON names, durations and times are ISO 8601, enums
 * are kebab-case words. Numbers, truth values and lists are there even when nobody set them, so
 * that a reader sees what can be set; empty texts are not.
 */
public final class TreeWriter {

    private TreeWriter() {}

    public static Map<String, Object> write(Message message) {
        var tree = new LinkedHashMap<String, Object>();
        for (var field : message.getDescriptorForType().getFields()) {
            var value = value(message, field);
            if (value != null) {
                tree.put(field.getJsonName(), value);
            }
        }
        return tree;
    }

    private static Object value(Message message, FieldDescriptor field) {
        if (field.isMapField()) {
            return map((List<?>) message.getField(field));
        }
        if (field.isRepeated()) {
            var list = new ArrayList<Object>();
            ((List<?>) message.getField(field)).forEach(one -> list.add(plain(one)));
            return list;
        }
        if (field.hasPresence() && !message.hasField(field)) {
            return null;
        }
        var value = message.getField(field);
        var silent =
                value instanceof String text && text.isEmpty()
                        || value instanceof EnumValueDescriptor word && word.getNumber() == 0;
        return silent ? null : plain(value);
    }

    private static Map<String, Object> map(List<?> entries) {
        var map = new LinkedHashMap<String, Object>();
        for (var one : entries) {
            var entry = (Message) one;
            var fields = entry.getDescriptorForType();
            map.put(
                    entry.getField(fields.findFieldByNumber(TreeReader.KEY)).toString(),
                    plain(entry.getField(fields.findFieldByNumber(TreeReader.VALUE))));
        }
        return map;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Duration length ->
                    java.time.Duration.ofSeconds(length.getSeconds(), length.getNanos()).toString();
            case Timestamp at -> Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).toString();
            case Message nested -> write(nested);
            case EnumValueDescriptor word -> Words.word(word);
            default -> value;
        };
    }
}
