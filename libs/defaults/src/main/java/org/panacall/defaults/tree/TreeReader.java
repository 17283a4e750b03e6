// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a message of a contract from a tree as {@link TreeWriter} makes it, and says everything
 * that is wrong with the tree. Strict: a field that the contract does not know, or that is of
 * another kind, is a flaw and no default. A field that is null is one that is not there.
 */
public final class TreeReader {

    /** Fields of the entries that a map field is made of. */
    static final int KEY = 1;

    static final int VALUE = 2;

    private static final int DEPTH_MAX = 16;

    private final DurationForm durations;
    private final Set<String> hidden;
    private final List<Flaw> flaws = new ArrayList<>();

    private TreeReader(DurationForm durations, Set<String> hidden) {
        this.durations = durations;
        this.hidden = hidden;
    }

    /**
     * Sets the fields that the tree has, and returns the flaws; with any, the result is useless.
     */
    public static List<Flaw> read(Map<?, ?> tree, Message.Builder into, DurationForm durations) {
        return read(tree, into, durations, Set.of());
    }

    /**
     * The same.
     *
     * @param hidden JSON names of the message's own fields that nobody may give, as if there were
     *     none
     */
    public static List<Flaw> read(
            Map<?, ?> tree, Message.Builder into, DurationForm durations, Set<String> hidden) {
        var reader = new TreeReader(durations, hidden);
        reader.message("", tree, into, 0);
        return List.copyOf(reader.flaws);
    }

    private void message(String path, Map<?, ?> tree, Message.Builder into, int depth) {
        var type = into.getDescriptorForType();
        var chosen = new HashSet<OneofDescriptor>();
        tree.forEach(
                (name, value) -> {
                    var at = path.isEmpty() ? String.valueOf(name) : path + "." + name;
                    var unseen = depth == 0 ? hidden : Set.<String>of();
                    var field = field(type, String.valueOf(name), unseen);
                    if (field.isEmpty()) {
                        flaw(at, "is not known here; known are " + names(type, unseen));
                    } else if (depth > DEPTH_MAX) {
                        flaw(at, "is too deep");
                    } else if (value != null) {
                        var choice = field.get().getRealContainingOneof();
                        if (choice != null && !chosen.add(choice)) {
                            flaw(at, "stands beside another of which only one may be given");
                        }
                        set(at, field.get(), value, into, depth);
                    }
                });
    }

    private void set(
            String at, FieldDescriptor field, Object value, Message.Builder into, int depth) {
        if (field.isMapField()) {
            entries(at, field, value, into, depth);
        } else if (field.isRepeated()) {
            elements(at, field, value, into, depth);
        } else {
            value(at, field, value, into, depth).ifPresent(read -> into.setField(field, read));
        }
    }

    private void elements(
            String at, FieldDescriptor field, Object value, Message.Builder into, int depth) {
        if (!(value instanceof List<?> list)) {
            flaw(at, "must be a list");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            value(at + "[" + i + "]", field, list.get(i), into, depth)
                    .ifPresent(read -> into.addRepeatedField(field, read));
        }
    }

    private void entries(
            String at, FieldDescriptor field, Object value, Message.Builder into, int depth) {
        if (!(value instanceof Map<?, ?> map)) {
            flaw(at, "must have names and values");
            return;
        }
        var type = field.getMessageType();
        map.forEach(
                (key, one) -> {
                    var entry = into.newBuilderForField(field);
                    entry.setField(type.findFieldByNumber(KEY), String.valueOf(key));
                    value(at + "." + key, type.findFieldByNumber(VALUE), one, entry, depth)
                            .ifPresent(
                                    read -> {
                                        entry.setField(type.findFieldByNumber(VALUE), read);
                                        into.addRepeatedField(field, entry.build());
                                    });
                });
    }

    private Optional<Object> value(
            String at, FieldDescriptor field, Object value, Message.Builder into, int depth) {
        if (value == null) {
            flaw(at, "must not be null");
            return Optional.empty();
        }
        if (Scalars.holds(field)) {
            var read = Scalars.read(field, value, durations);
            if (read.fault() != null) {
                flaw(at, read.fault());
            }
            return Optional.ofNullable(read.value());
        }
        if (!(value instanceof Map<?, ?> tree)) {
            flaw(at, "must have fields of its own: " + names(field.getMessageType(), Set.of()));
            return Optional.empty();
        }
        var nested = into.newBuilderForField(field);
        message(at, tree, nested, depth + 1);
        return Optional.of(nested.build());
    }

    private void flaw(String at, String message) {
        flaws.add(new Flaw(at, message));
    }

    private static Optional<FieldDescriptor> field(
            Descriptor type, String jsonName, Set<String> unseen) {
        return type.getFields().stream()
                .filter(field -> field.getJsonName().equals(jsonName))
                .filter(field -> !unseen.contains(jsonName))
                .findFirst();
    }

    private static String names(Descriptor type, Set<String> unseen) {
        return type.getFields().stream()
                .map(FieldDescriptor::getJsonName)
                .filter(name -> !unseen.contains(name))
                .collect(Collectors.joining(", "));
    }
}
