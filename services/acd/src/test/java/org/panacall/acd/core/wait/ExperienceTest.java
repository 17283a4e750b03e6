// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.id.QueueId;

/** What a queue learns, and what follows from it. */
class ExperienceTest {

    private static final QueueId QUEUE = new QueueId("registry");
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final Forecast MINUTE =
            new Forecast(seconds(60), seconds(120), seconds(10), 100);

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Experience experienced(int calls, int seconds) {
        var experience = new Experience();
        for (int call = 0; call < calls; call++) {
            experience.handled(seconds(seconds));
        }
        return experience;
    }

    private static Crew crew(int agents, int age) {
        var busy = new Crew.Busy(Optional.of(QUEUE), seconds(age));
        return new Crew(new TreeSet<>(List.of(QUEUE)), 0, Collections.nCopies(agents, busy));
    }

    private static Forecast forecast(Experience experience, Crew crew, int ahead) {
        return new Forecaster(List.of(crew), queue -> experience)
                .forecast(QUEUE, Map.of(QUEUE, ahead), Duration.ZERO);
    }

    @Test
    void timeThatWasWaitedInVainCountsForThePatienceOfAll() {
        // Given
        var experience = new Experience();

        // When: one of four gives up after a minute
        for (int caller = 0; caller < 4_000; caller++) {
            if (caller % 4 == 0) {
                experience.abandoned(MINUTE, seconds(60));
            } else {
                experience.answered(MINUTE, seconds(60));
            }
        }

        // Then: the rate is one in 240 s
        assertEquals(240, 1 / experience.patience().rate(), 10);
    }

    @Test
    void aQueueForgetsHowItsCallsUsedToBe() {
        // Given
        var experience = experienced(2_000, 120);

        // When
        for (int call = 0; call < 3_000; call++) {
            experience.handled(seconds(240));
        }

        // Then
        assertEquals(240, experience.handling().mean(), 10);
    }

    @Test
    void talksThatAreAboutToEndShortenTheForecast() {
        // Given: calls last three minutes, all of them
        var experience = experienced(1_000, 180);

        // When
        var begun = forecast(experience, crew(5, 10), 4);
        var ending = forecast(experience, crew(5, 170), 4);

        // Then
        assertTrue(
                ending.expected().plusSeconds(90).compareTo(begun.expected()) < 0,
                () -> ending + " and " + begun);
    }

    @Test
    void moreAgentsAndFewerCallsAheadShortenTheForecast() {
        var experience = experienced(1_000, 180);
        var usual = forecast(experience, crew(10, 60), 20).expected();

        assertTrue(forecast(experience, crew(20, 60), 20).expected().compareTo(usual) < 0);
        assertTrue(forecast(experience, crew(10, 60), 10).expected().compareTo(usual) < 0);
    }

    @Test
    void manyCrewsAreReckonedWithByTheirSharesOfTheMoment() {
        // Given: sixty agents, each of whom serves a queue of his own too, as long as this one
        var experience = experienced(1_000, 180);
        var crews = new ArrayList<Crew>();
        var ahead = new TreeMap<QueueId, Integer>();
        ahead.put(QUEUE, 9);
        for (int agent = 0; agent < 60; agent++) {
            var other = new QueueId("other" + agent);
            ahead.put(other, 10);
            var busy = new Crew.Busy(Optional.of(QUEUE), seconds(3 * agent));
            crews.add(new Crew(new TreeSet<>(List.of(QUEUE, other)), 0, List.of(busy)));
        }

        // When
        var shared =
                new Forecaster(crews, queue -> experience)
                        .forecast(QUEUE, ahead, Duration.ZERO)
                        .expected();

        // Then: half of sixty agents take his calls, one each six seconds
        assertEquals(60, shared.toSeconds(), 12);
    }

    @Test
    void aQueueThatNobodyServesHasNoForecast() {
        assertFalse(forecast(experienced(1_000, 180), crew(0, 0), 3).known());
    }

    @Test
    void aForecastIsTrustedOnlyAfterEnoughCalls() {
        // Given
        var forecast = new Forecast(seconds(100), seconds(130), seconds(10), 29);
        var enough = new Forecast(seconds(100), seconds(130), seconds(10), 30);

        // Then
        assertFalse(Trust.USUAL.in(forecast));
        assertTrue(Trust.USUAL.in(enough));
    }

    @Test
    void aForecastThatMayBeFarOffIsNotTrusted() {
        // Given: a single agent's next call may end at any time
        var wide = new Forecast(seconds(200), seconds(600), seconds(200), 1_000);

        // Then
        assertFalse(Trust.USUAL.in(wide));
    }

    @Test
    void waitsThatAreLongerThanForecastRaiseTheNextForecasts() {
        // Given
        var experience = experienced(100, 180);
        var before = forecast(experience, crew(10, 60), 5);

        // When
        for (int caller = 0; caller < 200; caller++) {
            experience.answered(before, before.likely().plusSeconds(30));
        }

        // Then
        var after = forecast(experience, crew(10, 60), 5);
        assertTrue(after.expected().compareTo(before.expected()) > 0);
        assertTrue(
                after.likely()
                                .minus(after.expected())
                                .compareTo(before.likely().minus(before.expected()))
                        > 0);
    }

    @Test
    void arrivalsWithAHeadStartAreExpectedToOvertake() {
        // Given
        var experience = experienced(1_000, 180);
        var before = forecast(experience, crew(10, 60), 10).expected();

        // When: four a minute with three minutes ahead
        for (int call = 0; call < 240; call++) {
            experience.arrived(seconds(180), NOW.plusSeconds(15L * call));
        }

        // Then
        var after = forecast(experience, crew(10, 60), 10).expected();
        assertTrue(after.compareTo(before.plusSeconds(60)) > 0, () -> before + " to " + after);
    }

    @Test
    void whatIsKeptForecastsTheSame() {
        // Given
        var experience = experienced(50, 170);
        experience.arrived(seconds(180), NOW);
        experience.answered(MINUTE, seconds(90));
        experience.abandoned(MINUTE, seconds(150));

        // When
        var other = new Experience();
        other.restore(experience.kept());

        // Then
        assertEquals(experience.kept(), other.kept());
        assertEquals(forecast(experience, crew(7, 30), 9), forecast(other, crew(7, 30), 9));
    }
}
