// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that acd is compared with do what their descriptions say. */
class PeersTest {

    private static final Shape SMALL = new Shape("small", 8, 1, 0.85);
    private static final Shape QUIET = new Shape("quiet", 8, 1, 0.1);
    private static final Shape CLINIC = new Shape("clinic", 12, 4, 0.9);

    static Stream<String> rules() {
        return PeersBench.rules().keySet().stream();
    }

    private static Scores live(Shape shape, Function<Trial, Distributor> rule) {
        return Trial.of(new Day(shape, 1), rule);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleAccountsForEveryCallOfTheSameDay(String name) {
        // Given
        var rule = PeersBench.rules().get(name);
        var calls = new Day(CLINIC, 1).arrivals().size();

        // When: a telephone that rings twice at once, or for a call that is over, would throw.
        var scores = live(CLINIC, rule);

        // Then
        assertEquals(calls, scores.calls());
        assertEquals(
                scores.answered(), IntStream.range(0, CLINIC.agents()).map(scores::talks).sum());
        assertTrue(scores.answered() > calls / 2, () -> scores.answered() + " of " + calls);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSameDayIsTheSameAgain(String name) {
        // Given
        var rule = PeersBench.rules().get(name);
        var first = live(SMALL, rule);

        // When
        var again = live(SMALL, rule);

        // Then
        assertEquals(first.meanWait(), again.meanWait());
        assertEquals(first.offersACall(), again.offersACall());
    }

    @Test
    void roundRobinSpreadsTalksMoreEvenlyThanALine() {
        // Given
        var line = live(QUIET, trial -> new AppQueue(trial, AppQueue.Rule.LINEAR));

        // When
        var round = live(QUIET, trial -> new AppQueue(trial, AppQueue.Rule.RRMEMORY));

        // Then
        assertTrue(round.talksVariation() < line.talksVariation() / 2);
        assertTrue(line.talks(0) > line.talks(QUIET.agents() - 1));
    }

    @Test
    void higherTiersGetWhatLowerOnesLeave() {
        // Given
        var helpers = QUIET.agents() - 1;
        var flat = live(QUIET, trial -> new CallCenter(trial, CallCenter.Tiers.NONE));

        // When
        var tiers = live(QUIET, trial -> new CallCenter(trial, CallCenter.Tiers.WAIT));

        // Then
        assertTrue(tiers.talks(helpers) < flat.talks(helpers));
    }

    @Test
    void whoMissesThriceIsNotRungUntilHeIsBack() {
        // Given
        var again = live(SMALL, trial -> new AppQueue(trial, AppQueue.Rule.LEASTRECENT));

        // When
        var onBreak = live(SMALL, trial -> new CallCenter(trial, CallCenter.Tiers.NONE));

        // Then
        assertTrue(onBreak.offersACall() < again.offersACall());
    }

    @Test
    void nobodyHearsHisTelephoneWhileHeIsAway() {
        // Given
        var day = new Day(SMALL, 1);
        var absence = day.absences(0).getFirst();

        // When
        var hears = day.present(0, absence.from().plus(Duration.ofMillis(1)));

        // Then
        assertEquals(absence.until(), hears);
    }
}
