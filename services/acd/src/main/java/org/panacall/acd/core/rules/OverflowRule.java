// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of calls that a queue does not keep.
 *
 * @param time how long it has to last (agents), how much waiting is too long (waits)
 * @param calls how many that wait are too many
 * @param then tried one after another, until one succeeds
 */
public record OverflowRule(Why when, Duration time, int calls, List<Action> then) {

    public static final int ACTIONS_MAX = 16;

    public OverflowRule {
        then = List.copyOf(then);
        if (then.size() > ACTIONS_MAX) {
            throw new IllegalArgumentException("a rule may name at most 16 actions");
        }
        if (time.isNegative() || calls < 0) {
            throw new IllegalArgumentException("a rule cannot wait for less than nothing");
        }
        if (when == Why.WAITED_TOO_LONG && time.isZero()) {
            throw new IllegalArgumentException("a call has to wait for some time first");
        }
    }

    public OverflowRule(Why when, Action... then) {
        this(when, Duration.ZERO, 0, List.of(then));
    }

    public OverflowRule(Why when, Duration time, Action... then) {
        this(when, time, 0, List.of(then));
    }
}
