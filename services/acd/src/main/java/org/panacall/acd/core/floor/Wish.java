// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.floor;

import org.panacall.acd.core.match.Candidate;
import org.panacall.acd.core.need.Needs;

/**
 * What a call wants at present. Calls of a queue that want the same stand in one line; so a call
 * for which nobody is there keeps none from an agent who does not want the same.
 *
 * @param levelMax the last tier that will do
 */
record Wish(Needs needs, int levelMax) implements Comparable<Wish> {

    boolean metBy(Candidate candidate) {
        return candidate.member().level() <= levelMax && needs.metBy(candidate.skills());
    }

    @Override
    public int compareTo(Wish other) {
        int order = needs.compareTo(other.needs);
        return order != 0 ? order : Integer.compare(levelMax, other.levelMax);
    }
}
