// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.queues;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.desktop.problems.Problem;

/**
 * Who serves a queue comes in two forms: members with all that is said of them, or their extensions
 * alone. One of them is enough; whoever sends both must mean the same people.
 */
final class MemberForms {

    private static final String MEMBERS = "members";
    private static final String EXTENSIONS = "agentExtensions";

    private MemberForms() {}

    /** All settings of a queue, in which one form is left. */
    static Map<String, Object> single(Map<String, Object> body) {
        if (body == null || !says(body, MEMBERS) || !says(body, EXTENSIONS)) {
            return body;
        }
        if (!extensions(body.get(MEMBERS)).equals(new HashSet<>((List<?>) body.get(EXTENSIONS)))) {
            throw Problem.mistake(
                    EXTENSIONS, "are not those of the members; send one of the two, members or it");
        }
        var settled = new LinkedHashMap<>(body);
        settled.remove(EXTENSIONS);
        return settled;
    }

    /** A change in which the form that is named takes the place of both. */
    static Map<String, Object> replacing(Map<String, Object> patch) {
        if (patch == null) {
            return null;
        }
        var settled = new LinkedHashMap<>(single(patch));
        if (settled.get(MEMBERS) != null) {
            settled.putIfAbsent(EXTENSIONS, null);
        } else if (settled.get(EXTENSIONS) != null) {
            settled.putIfAbsent(MEMBERS, null);
        }
        return settled;
    }

    private static boolean says(Map<String, Object> body, String form) {
        return body.get(form) instanceof List<?> list && !list.isEmpty();
    }

    private static HashSet<Object> extensions(Object members) {
        var found = new HashSet<>();
        for (var member : (List<?>) members) {
            found.add(member instanceof Map<?, ?> fields ? fields.get("extension") : member);
        }
        return found;
    }
}
