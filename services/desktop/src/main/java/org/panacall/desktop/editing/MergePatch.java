// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.editing;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON Merge Patch (RFC 7396): what is named is replaced, what is null goes, the rest stays. */
public final class MergePatch {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private static final int DEPTH_MAX = 32;

    private MergePatch() {}

    public static Map<String, Object> merged(Map<?, ?> target, Map<?, ?> patch) {
        return merged(target, patch, 0);
    }

    private static Map<String, Object> merged(Map<?, ?> target, Map<?, ?> patch, int depth) {
        var result = new LinkedHashMap<String, Object>();
        target.forEach((name, value) -> result.put(String.valueOf(name), value));
        patch.forEach(
                (key, value) -> {
                    var name = String.valueOf(key);
                    if (value == null) {
                        result.remove(name);
                    } else if (value instanceof Map<?, ?> nested && depth < DEPTH_MAX) {
                        var old = result.get(name) instanceof Map<?, ?> map ? map : Map.of();
                        result.put(name, merged(old, nested, depth + 1));
                    } else {
                        result.put(name, value);
                    }
                });
        return result;
    }
}
