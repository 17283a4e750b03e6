// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/** Visits every value of a message, with its path in JSON names. */
final class Walk {

    /** Sees values; lists are seen whole too, before their elements. */
    interface Visitor {

        /**
         * @param path "members[1].extension"
         */
        void see(String path, FieldDescriptor field, Object value);
    }

    /** How an element of a list is named in a path. */
    interface Naming {
        String of(int index, Object element);
    }

    static final Naming BY_INDEX = (index, element) -> "[" + index + "]";

    /** Lists in the tenant's configuration: by the id or number that stands first in each. */
    static final Naming BY_ID =
            (index, element) ->
                    element instanceof Message message && first(message) != null
                            ? "(" + message.getField(first(message)) + ")"
                            : "[" + index + "]";

    private final Naming naming;
    private final Visitor visitor;

    private Walk(Naming naming, Visitor visitor) {
        this.naming = naming;
        this.visitor = visitor;
    }

    static void through(Message message, Naming naming, Visitor visitor) {
        new Walk(naming, visitor).message("", message);
    }

    private void message(String path, Message message) {
        message.getAllFields()
                .forEach(
                        (field, value) -> {
                            var at = (path.isEmpty() ? "" : path + ".") + field.getJsonName();
                            if (field.isMapField()) {
                                entries(at, field, (List<?>) value);
                            } else {
                                value(at, field, value);
                            }
                        });
    }

    /** Names of a map's entries are of the path, as in JSON. */
    private void entries(String path, FieldDescriptor map, List<?> entries) {
        visitor.see(path, map, entries);
        var key = map.getMessageType().findFieldByNumber(1);
        var value = map.getMessageType().findFieldByNumber(2);
        for (var one : entries) {
            var entry = (Message) one;
            visitor.see(path, key, entry.getField(key));
            value(path + "." + entry.getField(key), value, entry.getField(value));
        }
    }

    private void value(String path, FieldDescriptor field, Object value) {
        visitor.see(path, field, value);
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                value(path + naming.of(i, list.get(i)), field, list.get(i));
            }
        } else if (value instanceof Message nested) {
            message(path, nested);
        }
    }

    private static FieldDescriptor first(Message message) {
        return message.getDescriptorForType().findFieldByNumber(1);
    }
}
