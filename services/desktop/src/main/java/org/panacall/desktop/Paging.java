// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import java.util.List;
import java.util.function.Function;
import org.panacall.desktop.problems.Problem;

/** Pages of lists that we have whole. The cursor is the id of the last one that was told. */
public final class Paging {

    private static final int SIZE = 500;

    private Paging() {}

    /**
     * A page.
     *
     * @param limit null for as many as one page may have
     * @param cursor null for the first page
     */
    public static <T> Page<T> page(
            List<T> all, Function<T, String> id, Integer limit, String cursor) {
        int size = size(limit, SIZE);
        int begin = cursor == null ? 0 : behind(all, id, cursor);
        int end = Math.min(begin + size, all.size());
        var last = end < all.size() ? id.apply(all.get(end - 1)) : null;
        return new Page<>(all.subList(begin, end), last);
    }

    /** How many are wanted. */
    public static int size(Integer limit, int most) {
        if (limit == null) {
            return most;
        }
        if (limit < 1 || limit > most) {
            throw Problem.mistake("limit", "must be between 1 and " + most);
        }
        return limit;
    }

    private static <T> int behind(List<T> all, Function<T, String> id, String cursor) {
        for (int i = 0; i < all.size(); i++) {
            if (id.apply(all.get(i)).equals(cursor)) {
                return i + 1;
            }
        }
        throw Problem.mistake("cursor", "is not one of ours, or no more; begin with the first");
    }
}
