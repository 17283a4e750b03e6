// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import java.util.List;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Call;

/**
 * All that is the case with a tenant, as values that do not change: what a snapshot is made of.
 *
 * @param arrivals how many calls have arrived so far
 */
public record Kept(long epoch, long arrivals, List<Agent> agents, List<Call> calls) {

    public Kept {
        agents = List.copyOf(agents);
        calls = List.copyOf(calls);
    }
}
