// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import java.util.List;

/**
 * A page of anything.
 *
 * @param nextCursor for the page after; absent on the last
 */
public record Page<T>(List<T> items, String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /** All there is. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
