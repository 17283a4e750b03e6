// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.panacall.desktop.Page;
import org.panacall.proto.directory.v1.ListPromptsRequest;
import org.panacall.proto.directory.v1.ListPromptsResponse;
import org.panacall.proto.media.v1.ShippedPrompt;

/** Pages of what the clinic made and of what came with the product, in one order. */
final class PromptPages {

    private PromptPages() {}

    /** By id, then by language, as directory orders them. */
    private record Key(String id, String language) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int ids = id.compareTo(other.id);
            return ids != 0 ? ids : language.compareTo(other.language);
        }

        /** Where the page before ended; the beginning when there was none. */
        static Key of(String cursor) {
            int colon = cursor.indexOf(':');
            return colon < 0
                    ? new Key("", "")
                    : new Key(cursor.substring(0, colon), cursor.substring(colon + 1));
        }

        String cursor() {
            return id + ":" + language;
        }
    }

    /**
     * @param asked what directory was asked
     * @param made its answer
     */
    static Page<PromptView> merged(
            ListPromptsRequest asked, ListPromptsResponse made, List<ShippedPrompt> shipped) {
        var after = Key.of(asked.getCursor());
        var page = new TreeMap<Key, PromptView>();
        var untouched = new TreeMap<Key, PromptView>();
        for (var one : shipped) {
            var key = new Key(one.getPromptId(), one.getLanguage());
            untouched.put(key, PromptView.shipped(key.id(), key.language()));
        }
        for (var kept : made.getPromptsList()) {
            var prompt = kept.getPrompt();
            var key = new Key(prompt.getPromptId(), prompt.getLanguage());
            page.put(key, PromptView.of(prompt, untouched.containsKey(key)));
        }
        // Behind the last that directory told of, it may have more of its own.
        boolean more = !made.getNextCursor().isEmpty();
        var known = more ? Key.of(made.getNextCursor()) : null;
        var search = asked.getSearch().toLowerCase(Locale.ROOT);
        untouched.forEach(
                (key, view) -> {
                    boolean wanted =
                            key.compareTo(after) > 0
                                    && (known == null || key.compareTo(known) < 0)
                                    && (asked.getLanguage().isEmpty()
                                            || asked.getLanguage().equals(key.language()))
                                    && key.id().toLowerCase(Locale.ROOT).contains(search);
                    if (wanted) {
                        page.putIfAbsent(key, view);
                    }
                });
        while (page.size() > asked.getPageSize()) {
            page.pollLastEntry();
            more = true;
        }
        return new Page<>(
                List.copyOf(page.values()),
                more && !page.isEmpty() ? page.lastKey().cursor() : null);
    }
}
