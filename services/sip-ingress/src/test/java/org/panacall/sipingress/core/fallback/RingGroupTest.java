// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.plan.TenantId;

class RingGroupTest {

    private static final TenantId TENANT = new TenantId("demo");
    private static final List<String> MEMBERS = List.of("103", "104", "105");
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RingGroup group = new RingGroup(PAUSE);
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private Optional<String> next(String... busy) {
        return group.next(TENANT, MEMBERS, Set.of(busy), now);
    }

    /** How long a phone rests now. */
    private Duration rest() {
        var before = now;
        while (next("104", "105").isEmpty()) now = now.plusSeconds(1);
        return Duration.between(before, now);
    }

    @Test
    void whoWasNotRungForTheLongestTimeIsRungNext() {
        // Given
        var rung = new ArrayList<String>();
        // When
        for (int i = 0; i < 5; i++) rung.add(next().orElseThrow());
        // Then
        assertEquals(List.of("103", "104", "105", "103", "104"), rung);
    }

    @Test
    void whoIsBusyIsPassedOverAndComesFirstThen() {
        // When
        var first = next("103");
        var second = next();
        // Then
        assertEquals(Optional.of("104"), first);
        assertEquals(Optional.of("103"), second);
        assertEquals(Optional.empty(), next("103", "104", "105"));
    }

    @Test
    void aPhoneThatWasRungInVainRestsLongerEachTime() {
        // Given
        next("104", "105");
        var rests = new ArrayList<Long>();
        // When
        for (int i = 0; i < 6; i++) {
            group.missed(TENANT, "103", now);
            rests.add(rest().toSeconds());
        }
        // Then
        assertEquals(List.of(5L, 10L, 20L, 40L, 40L, 40L), rests);
    }

    @Test
    void whoAnsweredRestsNoLongerThanAnybody() {
        // Given
        next("104", "105");
        group.missed(TENANT, "103", now);
        rest();
        group.answered(TENANT, "103");
        // When
        group.missed(TENANT, "103", now);
        // Then
        assertEquals(PAUSE, rest());
    }

    @Test
    void tenantsHaveGroupsOfTheirOwn() {
        // Given
        next();
        // When
        var elsewhere = group.next(new TenantId("other"), MEMBERS, Set.of(), now);
        // Then
        assertEquals(Optional.of("103"), elsewhere);
    }
}
