// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

/** What may be said to a caller after what was said to him before. */
class ToldTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final SpokenWait FIVE = new SpokenWait(5);

    @ParameterizedTest
    @CsvSource({
        "0, 0", "59, 0", "60, 0", "61, 1", "70, 1", "71, 2", "130, 2", "131, 3", "300, 5",
        "310, 5", "360, 5", "361, 10", "660, 10", "661, 15", "1500, 25", "3600, 60", "3661, 61", "90000, 61"
    })
    void waitsAreRoundedUpToWhatPeopleSay(int seconds, int minutes) {
        assertEquals(minutes, SpokenWait.of(Duration.ofSeconds(seconds)).minutes());
    }

    @Test
    void nobodySaysAboutSevenMinutes() {
        assertThrows(IllegalArgumentException.class, () -> new SpokenWait(7));
        assertThrows(IllegalArgumentException.class, () -> new SpokenWait(65));
    }

    @Test
    void aPositionIsSaidOnlyWhileItDoesNotRise() {
        // Given
        var told = Told.NOTHING.withPosition(4);

        // Then
        assertTrue(told.allows(4));
        assertTrue(told.allows(1));
        assertFalse(told.allows(5));
    }

    @Test
    void aLongerWaitThanWasSaidIsNotSaid() {
        // Given
        var told = Told.NOTHING.withWait(FIVE, NOW);

        // Then
        assertTrue(told.allows(FIVE, NOW.plusSeconds(30)));
        assertFalse(told.allows(new SpokenWait(10), NOW.plusSeconds(30)));
    }

    @Test
    void aPromiseIsNotPutOffBySayingTheSameNumberAgain() {
        // Given
        var told = Told.NOTHING.withWait(FIVE, NOW);

        // Then
        assertFalse(told.allows(FIVE, NOW.plusSeconds(90)));
        assertTrue(told.allows(new SpokenWait(4), NOW.plusSeconds(90)));
    }

    @Test
    void whoIsOverdueIsToldNothingOfTheWait() {
        // Given
        var told = Told.NOTHING.withWait(FIVE, NOW);

        // When
        var late = NOW.plus(Duration.ofMinutes(6));

        // Then
        assertFalse(told.allows(SpokenWait.LESS_THAN_A_MINUTE, late));
        assertTrue(told.allows(1));
    }

    @Test
    void moreThanAnHourPromisesNothing() {
        // Given
        var told = Told.NOTHING.withWait(SpokenWait.MORE_THAN_AN_HOUR, NOW);

        // Then
        assertTrue(told.allows(SpokenWait.MORE_THAN_AN_HOUR, NOW.plus(Duration.ofHours(1))));
        assertTrue(told.allows(new SpokenWait(30), NOW.plus(Duration.ofHours(2))));
    }

    @Test
    void whateverIsForecastNothingSaidRisesAndNoPromiseIsPutOff() {
        Seeds.run(ToldTest::sayAtRandom);
    }

    private static void sayAtRandom(long seed) {
        var dice = new Dice(seed);
        var told = Told.NOTHING;
        var now = NOW;
        for (int look = 0; look < 200; look++) {
            now = now.plusSeconds(dice.between(0, 90));
            var next = SpokenWait.of(Duration.ofSeconds(dice.between(0, 5000)));
            if (!told.allows(next, now)) {
                continue;
            }
            var before = told;
            told = told.withWait(next, now);
            var end = now.plus(next.most());
            assertTrue(before.spoken().stream().allMatch(said -> next.minutes() <= said.minutes()));
            assertTrue(
                    before.until().stream()
                            .noneMatch(until -> end.isAfter(until.plus(next.roundness()))));
            assertTrue(
                    before.until().isEmpty()
                            || !told.until().orElseThrow().isAfter(before.until().get()));
        }
    }
}
