// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Duration;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.plan.Member;

/** Whoever talked least on the queue's calls within the window. */
public record LeastTalkTime(Duration window) implements Strategy {

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        var ledger = situation.team().ledger();
        return fitting.min(
                Comparator.comparing(one -> ledger.talkOf(one.agent(), situation.now())));
    }

    @Override
    public Terms terms(NavigableMap<AgentId, Member> members) {
        return Terms.of(window);
    }
}
