// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.tests.strategy.Served.Rung;

/** A check of a live run finds what is wrong, and nothing else. */
class ChecksTest {

    private static final List<String> AGENTS = List.of("1001", "1002", "1003");

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    /** A call each two seconds, each a talk of half a second. */
    private static List<Served> served(String... agents) {
        var calls = new ArrayList<Served>();
        var at = START;
        for (var agent : agents) {
            at = at.plus(Duration.ofSeconds(2));
            calls.add(call(at, agent, new Rung(agent, at.plusMillis(10), at.plusMillis(520))));
        }
        return calls;
    }

    private static Served call(Instant at, String agent, Rung... rung) {
        return new Served(agent, at, at.plusMillis(20), at.plusMillis(520), List.of(rung));
    }

    private static Optional<String> longestIdle(List<Served> calls) {
        return Checks.least(
                calls,
                AGENTS,
                Duration.ZERO,
                0.1,
                (agent, before, at) -> Checks.idleSince(agent, before));
    }

    @Test
    void callsInTurnWentToTheLongestIdle() {
        // Given
        var calls = served("1002", "1001", "1003", "1002", "1001", "1003", "1002");

        // When
        var wrong = longestIdle(calls);

        // Then
        assertEquals(Optional.empty(), wrong);
    }

    @Test
    void aCallToSomebodyWhoWasIdleForLessIsFound() {
        // Given
        var calls = served("1001", "1002", "1003", "1002");

        // When
        var wrong = longestIdle(calls);

        // Then
        assertTrue(wrong.orElse("nothing").startsWith("1002 rang"), wrong::toString);
    }

    @Test
    void whoeverTalksIsNoChoice() {
        // Given
        var long1 = new Rung("1001", START, START.plusSeconds(100));
        var first = new Served("1001", START, START, START.plusSeconds(100), List.of(long1));
        var calls = new ArrayList<>(List.of(first));
        calls.addAll(served("1002", "1003", "1002", "1003"));

        // When
        var wrong = longestIdle(calls);

        // Then
        assertEquals(Optional.empty(), wrong);
    }

    @Test
    void somebodyFreeWhoDidNotRingWithTheOthersIsFound() {
        // Given
        var rings = new Rung("1001", START, START.plusSeconds(1));
        var calls = List.of(call(START, "1001", rings));

        // When
        var wrong = Checks.all(calls, AGENTS, (agent, ring) -> ring.from());

        // Then
        assertEquals(Optional.of("1002 was free and did not ring"), wrong);
    }

    @Test
    void aSlowerPhoneThatWonIsFound() {
        // Given
        var rings = AGENTS.stream().map(one -> new Rung(one, START, START.plusSeconds(3))).toList();
        var calls = List.of(call(START, "1003", rings.toArray(Rung[]::new)));

        // When
        var wrong =
                Checks.all(
                        calls,
                        AGENTS,
                        (agent, ring) -> ring.from().plusSeconds(agent.equals("1001") ? 1 : 2));

        // Then
        assertEquals(Optional.of("1003 was not the first to answer"), wrong);
    }

    @Test
    void aStepThatIsTooShortIsFoundAndAPhoneThatGoesOnRinging() {
        // Given
        var first = new Rung("1001", START, START.plusSeconds(5));
        var second = new Rung("1002", START.plusSeconds(1), START.plusSeconds(5));
        var calls = List.of(call(START, "1002", first, second));

        // When
        var tooShort = Checks.steps(calls, Duration.ofSeconds(3), true);
        var inOrder = Checks.steps(calls, Duration.ofSeconds(1), false);
        var escalating = Checks.steps(calls, Duration.ofSeconds(1), true);

        // Then
        assertTrue(tooShort.isPresent());
        assertEquals(Optional.of("rang together"), inOrder);
        assertEquals(Optional.empty(), escalating);
    }

    @Test
    void aStepMayBeLateOnceAndNotAsARule() {
        // Given
        var rare = new ArrayList<Served>();
        for (int i = 0; i < 20; i++) {
            rare.add(stepped(i == 7 ? 600 : 10));
        }

        // When
        var once = Checks.steps(rare, Duration.ofSeconds(1), true);
        rare.add(stepped(600));
        var twice = Checks.steps(rare, Duration.ofSeconds(1), true);
        var whole = Checks.steps(List.of(stepped(1_100)), Duration.ofSeconds(1), true);

        // Then
        assertEquals(Optional.empty(), once);
        assertEquals(Optional.of("2 of 21 steps were late"), twice);
        assertTrue(whole.isPresent());
    }

    private static Served stepped(int lateMillis) {
        var next = START.plusSeconds(1).plusMillis(lateMillis);
        var first = new Rung("1001", START, START.plusSeconds(5));
        return call(START, "1002", first, new Rung("1002", next, START.plusSeconds(5)));
    }

    @Test
    void moreThanOneCallBesideAShareIsFound() {
        // Given
        var shares = Map.of("1001", 0.5, "1002", 0.5);

        // When
        var exact = Checks.shares(Split.ofCalls(served("1001", "1002"), Served::agent, shares));
        var wrong =
                Checks.shares(Split.ofCalls(served("1001", "1001", "1001"), Served::agent, shares));

        // Then
        assertEquals(Optional.empty(), exact);
        assertEquals(Optional.of("after 3 calls 1001 was owed -1.50"), wrong);
    }

    @Test
    void turnsAreNotTakenForDice() {
        // Given
        var turns = new String[200];
        Arrays.setAll(turns, i -> AGENTS.get(i % 3));

        // When
        var wrong = Checks.random(served(turns), AGENTS);

        // Then
        assertEquals(Optional.of("0 times the same again"), wrong);
    }

    @Test
    void anUnevenSpreadIsFound() {
        // Given
        var calls = served("1001", "1001", "1002");

        // When
        var wrong = Checks.spread(calls, AGENTS, 1);

        // Then
        assertEquals(Optional.of("from 0 to 2 calls"), wrong);
    }
}
