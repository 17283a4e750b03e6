// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.plan.Member;

/** In a fixed order that goes on after whoever was offered the queue's last call. */
public record RoundRobin() implements Strategy {

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        var members = situation.team().members();
        var last = situation.team().ledger().last().filter(members::containsKey);
        if (last.isEmpty()) {
            return fitting.min(InOrder.ORDER);
        }
        var position = members.get(last.get()).position();
        return fitting.min(
                Comparator.comparing((Candidate one) -> !comesAfter(one, position, last.get()))
                        .thenComparing(InOrder.ORDER));
    }

    private static boolean comesAfter(Candidate one, int position, AgentId last) {
        Member member = one.member();
        return member.position() > position
                || member.position() == position && one.agent().compareTo(last) > 0;
    }
}
