// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.ledger.Ledger;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.plan.Member;

class AtRandomTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final List<Candidate> SIX =
            IntStream.range(0, 6)
                    .mapToObj(
                            index ->
                                    new Candidate(
                                            new AgentId("agent_10" + index),
                                            Member.of(new Extension("10" + index), index),
                                            new TreeMap<>(),
                                            new Candidate.Idle(NOW, NOW, false)))
                    .toList();

    private static AgentId draw(String call) {
        var team = new Situation.Team(new TreeMap<>(), new Ledger(), agent -> true);
        var situation = new Situation(new CallId(call), Needs.NONE, team, NOW);
        return new AtRandom().choose(SIX.stream(), situation).orElseThrow().agent();
    }

    @Test
    void everybodyHasTheSameChance() {
        // Given
        var counts = new TreeMap<AgentId, Integer>();

        // When
        for (int call = 0; call < 6_000; call++) {
            counts.merge(draw("call_" + call), 1, Integer::sum);
        }

        // Then: 1000 each, give or take four standard deviations.
        assertEquals(6, counts.size());
        counts.values()
                .forEach(count -> assertTrue(Math.abs(count - 1_000) < 116, counts::toString));
    }

    @Test
    void theSameCallDrawsTheSame() {
        // Given
        var first = draw("call_7");

        // When
        var again = draw("call_7");

        // Then
        assertEquals(first, again);
    }
}
