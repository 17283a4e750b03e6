// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.panacall.acd.core.ledger.Claims.Claim;

/** Accounts of all who share something. */
final class Book<K extends Comparable<K>> {

    private final NavigableMap<K, Account> accounts = new TreeMap<>();

    /**
     * Somebody did so much work, of which each of those who are there is owed his share. No part of
     * it is lost by rounding.
     */
    void count(K by, long amount, Map<K, Integer> shares, When when) {
        var sum = shares.values().stream().mapToLong(Integer::longValue).sum();
        long shared = 0;
        long handedOut = 0;
        for (var entry : shares.entrySet()) {
            shared += entry.getValue();
            var until = part(amount, shared, sum);
            add(entry.getKey(), until - handedOut, when);
            handedOut = until;
        }
        add(by, -amount, when);
    }

    private static long part(long amount, long share, long sum) {
        return amount * share / sum;
    }

    private void add(K key, long amount, When when) {
        accounts.computeIfAbsent(key, unused -> new Account()).add(amount, when);
    }

    /**
     * What each of them is owed once one more unit is due, and those that are under way.
     *
     * @param underWay by whom
     */
    NavigableMap<K, Claim> claims(
            Map<K, Integer> shares, Map<K, Integer> underWay, long unit, When when) {
        var sum = shares.values().stream().mapToLong(Integer::longValue).sum();
        var units = 1 + shares.keySet().stream().mapToInt(k -> underWay.getOrDefault(k, 0)).sum();
        var claims = new TreeMap<K, Claim>();
        shares.forEach(
                (key, share) -> {
                    var account = accounts.get(key);
                    var owed = account == null ? 0 : account.balance(when);
                    var due = part(unit * units, share, sum);
                    var begun = underWay.getOrDefault(key, 0) * unit;
                    claims.put(key, new Claim(share, owed + due - begun));
                });
        return claims;
    }

    void retain(NavigableSet<K> keys) {
        accounts.keySet().retainAll(keys);
    }

    void clear() {
        accounts.clear();
    }

    NavigableMap<K, NavigableMap<Long, Long>> kept() {
        var kept = new TreeMap<K, NavigableMap<Long, Long>>();
        accounts.forEach(
                (key, account) -> {
                    if (!account.isEven()) {
                        kept.put(key, account.kept());
                    }
                });
        return kept;
    }

    void restore(Map<K, NavigableMap<Long, Long>> kept) {
        kept.forEach((key, debts) -> accounts.put(key, Account.of(debts)));
    }
}
