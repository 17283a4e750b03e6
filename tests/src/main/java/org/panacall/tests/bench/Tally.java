// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.util.Map;
import java.util.TreeMap;

/** What came of the journeys of one step. */
public final class Tally {

    public final Figures trying = new Figures();
    public final Figures answered = new Figures();

    /** From the prompt's end, reckoned from the answer, to the INVITE at the agent's telephone. */
    public final Figures rang = new Figures();

    /** From an agent's end of a call to the next INVITE at his telephone. */
    public final Figures nextOffer = new Figures();

    /** From a call to its refusal. */
    public final Figures refusal = new Figures();

    public final Map<String, Integer> failures = new TreeMap<>();
    public int started;

    /** When the last call began that was refused or failed; nanoTime, the least long if none. */
    long lastFailed = Long.MIN_VALUE;

    public int well;

    /** Messages that the platform sent though we had answered them, or had them already. */
    public int repeatsSeen;

    /** Messages that we had to send again. */
    public int repeats;

    void failed(String cause) {
        failures.merge(cause, 1, Integer::sum);
    }

    public int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }
}
