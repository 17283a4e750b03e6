// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.proto.call.v1.Prompt;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;

/**
 * Who refers to what. By the names of fields: a tenant has lists of things with ids, such as {@code
 * queue_id}, and whatever ends in that name elsewhere is a reference, so that fields and lists that
 * come later are known without a word here.
 */
public final class References {

    private static final String QUEUE_ID =
            Queue.getDescriptor().findFieldByNumber(Queue.QUEUE_ID_FIELD_NUMBER).getName();

    private static final String PROMPT_ID =
            Prompt.getDescriptor().findFieldByNumber(Prompt.PROMPT_ID_FIELD_NUMBER).getName();

    private References() {}

    /** Places in the tenant's configuration that name this queue, but for the queue itself. */
    public static List<String> toQueue(Tenant tenant, String queueId) {
        var own = "queues(" + queueId + ").";
        return to(QUEUE_ID, queueId, tenant).stream()
                .filter(path -> !path.startsWith(own))
                .toList();
    }

    /** Places in the tenant's configuration that name this prompt. */
    public static List<String> toPrompt(Tenant tenant, String promptId) {
        return to(PROMPT_ID, promptId, tenant);
    }

    private static List<String> to(String kind, String id, Tenant tenant) {
        var found = new ArrayList<String>();
        Walk.through(
                tenant,
                Walk.BY_ID,
                (path, field, value) -> {
                    if (refersTo(kind, field) && id.equals(value)) {
                        found.add(path);
                    }
                });
        return found;
    }

    /** Finds references out of a definition that lead nowhere. */
    static void check(Message definition, Surroundings around, Faults faults) {
        check(definition, Walk.BY_INDEX, around.tenant(), faults);
    }

    /** Finds references out of any definition of a tenant that lead nowhere. */
    static void checkLists(Tenant tenant, Faults faults) {
        check(tenant, Walk.BY_ID, tenant, faults);
    }

    private static void check(
            Message definition, Walk.Naming naming, Tenant tenant, Faults faults) {
        var ids = ids(tenant);
        Walk.through(
                definition,
                naming,
                (path, field, value) -> {
                    if (value instanceof String name && !name.isEmpty()) {
                        ids.forEach(
                                (id, known) -> {
                                    if (refersTo(id, field) && !known.contains(name)) {
                                        var what = id.replaceFirst("_id$", "").replace('_', ' ');
                                        faults.unknown(path, what, name, known);
                                    }
                                });
                    }
                });
    }

    /** "queue_id" → the ids of all queues, and so on. */
    private static SortedMap<String, Set<String>> ids(Tenant tenant) {
        var ids = new TreeMap<String, Set<String>>();
        for (var list : Tenant.getDescriptor().getFields()) {
            if (!list.isRepeated() || list.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            var id = list.getMessageType().findFieldByNumber(1);
            if (id != null && id.getName().endsWith("_id")) {
                var known = new TreeSet<String>();
                ((List<?>) tenant.getField(list))
                        .forEach(one -> known.add(((Message) one).getField(id).toString()));
                ids.put(id.getName(), known);
            }
        }
        return ids;
    }

    private static boolean refersTo(String id, FieldDescriptor field) {
        var name = field.getName();
        // What stands first in an element of a tenant's list is its own id.
        var isItsOwn = field.getNumber() == 1 && isListed(field.getContainingType());
        return !isItsOwn
                && field.getJavaType() == FieldDescriptor.JavaType.STRING
                && (name.equals(id) || name.endsWith("_" + id) || name.endsWith(id + "s"));
    }

    private static boolean isListed(Descriptor type) {
        return Tenant.getDescriptor().getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .anyMatch(field -> field.getMessageType().equals(type));
    }
}
