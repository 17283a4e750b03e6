// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose turn it is, by what is owed to whom: the rule of Tijdeman ("The chairman assignment
 * problem", 1980). Those who are owed enough may be next, and of them whoever would first be owed a
 * whole unit. With it nobody is ever a unit away from his exact share; whoever is owed most, which
 * is the obvious rule, misses that from six shares on.
 */
final class Claims {

    /**
     * Somebody's claim to the next unit.
     *
     * @param owed to him once the next unit is due
     */
    record Claim(int share, long owed) {}

    private Claims() {}

    /**
     * @param claims of all who have a share and are there
     * @param available who of them could take the next unit
     * @param unit what it counts for
     */
    static <K> Optional<K> next(NavigableMap<K, Claim> claims, Predicate<K> available, long unit) {
        var slack = unit / Math.max(1, 2 * claims.size() - 2);
        Map.Entry<K, Claim> first = null;
        Map.Entry<K, Claim> most = null;
        for (var entry : claims.entrySet()) {
            if (!available.test(entry.getKey())) {
                continue;
            }
            var claim = entry.getValue();
            if (most == null || claim.owed() > most.getValue().owed()) {
                most = entry;
            }
            if (claim.owed() >= slack
                    && (first == null || isEarlier(claim, first.getValue(), unit - slack))) {
                first = entry;
            }
        }
        return Optional.ofNullable(first == null ? most : first).map(Map.Entry::getKey);
    }

    /** Whether one is owed as much as may be before the other is, should neither get anything. */
    private static boolean isEarlier(Claim one, Claim other, long most) {
        return (double) (most - one.owed()) / one.share()
                < (double) (most - other.owed()) / other.share();
    }
}
