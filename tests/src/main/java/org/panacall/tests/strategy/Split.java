// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Calls that are to be split by shares.
 *
 * @param key whose share a call counts for
 * @param amount what it counts for
 * @param most somebody may be away from his exact share
 * @param before shares of the first half, as parts of one
 * @param after shares from then on
 */
record Split(
        List<Served> calls,
        Function<Served, String> key,
        ToDoubleFunction<Served> amount,
        double most,
        Map<String, Double> before,
        Map<String, Double> after) {

    /** Calls each of which counts for one, by shares that stay. */
    static Split ofCalls(
            List<Served> calls, Function<Served, String> key, Map<String, Double> shares) {
        return new Split(calls, key, call -> 1, 1 + 1e-9, shares, shares);
    }

    Map<String, Double> shares(int call) {
        return call < calls.size() / 2 ? before : after;
    }

    /**
     * What is owed when shares change nobody could foresee: it takes a call of each to even out.
     */
    boolean settled(int call) {
        return before.equals(after)
                || call < calls.size() / 2
                || call >= calls.size() / 2 + after.size();
    }
}
