// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is owed to somebody who has a share: positive when he got less than that, negative when he
 * got more. A debt is paid off before a new one is made, the oldest first, and forgotten when it is
 * older than the window. So there is no echo of a debt that was paid when the window moves past it.
 */
final class Account {

    /** By the step in which they arose; all of the same sign. */
    private final NavigableMap<Long, Long> debts = new TreeMap<>();

    private long balance;

    void add(long amount, When when) {
        forget(when);
        var left = amount;
        while (left != 0 && !debts.isEmpty() && Long.signum(balance) != Long.signum(left)) {
            left = payOldest(left);
        }
        if (left != 0) {
            debts.merge(when.step(), left, Long::sum);
            balance += left;
        }
    }

    /** What is left of a payment after the oldest debt. */
    private long payOldest(long payment) {
        var oldest = debts.pollFirstEntry();
        var rest = oldest.getValue() + payment;
        if (rest != 0 && Long.signum(rest) == Long.signum(oldest.getValue())) {
            debts.put(oldest.getKey(), rest);
            balance += payment;
            return 0;
        }
        balance -= oldest.getValue();
        return rest;
    }

    private void forget(When when) {
        while (!debts.isEmpty() && !when.remembers(debts.firstKey())) {
            balance -= debts.pollFirstEntry().getValue();
        }
    }

    /** As of now, without a change to what is kept. */
    long balance(When when) {
        if (debts.isEmpty() || when.remembers(debts.firstKey())) {
            return balance;
        }
        return debts.tailMap(when.forgotten(), false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    boolean isEven() {
        return debts.isEmpty();
    }

    NavigableMap<Long, Long> kept() {
        return Collections.unmodifiableNavigableMap(new TreeMap<>(debts));
    }

    static Account of(NavigableMap<Long, Long> kept) {
        var account = new Account();
        account.debts.putAll(kept);
        account.balance = kept.values().stream().mapToLong(Long::longValue).sum();
        return account;
    }
}
