// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Seeds;

/**
 * Two user agents call each other over a bad network, do whatever comes to their minds and get
 * whatever the network makes of it: every INVITE has one outcome, every leg ends, nothing is left.
 */
class UserAgentSimulation {

    @Test
    void everyInviteHasOneOutcomeAndEveryLegEnds() {
        Seeds.run(seed -> new TwoAgents(seed).live(100));
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        // Given
        var first = new TwoAgents(7);
        var second = new TwoAgents(7);

        // When
        first.live(40);
        second.live(40);

        // Then
        assertEquals(first.history(), second.history());
    }

    @Test
    void everyKindOfOutputComesAbout() {
        // Given
        var kinds = new TreeSet<String>();

        // When
        for (int seed = 0; seed < 20; seed++) {
            var agents = new TwoAgents(seed);
            agents.live(100);
            agents.history().forEach(line -> kinds.add(line.split(" ")[2].split("\\[")[0]));
        }

        // Then
        var missing =
                new TreeSet<>(
                        List.of(
                                "Invited",
                                "Provisional",
                                "Accepted",
                                "Rejected",
                                "Cancelled",
                                "Acknowledged",
                                "AckMissing",
                                "Reinvited",
                                "ReinviteAccepted",
                                "ReinviteRejected",
                                "ByeReceived",
                                "Ended",
                                "InfoReceived",
                                "CommandRefused",
                                "Dropped"));
        missing.removeAll(kinds);
        assertTrue(missing.isEmpty(), "never seen: " + missing);
    }
}
