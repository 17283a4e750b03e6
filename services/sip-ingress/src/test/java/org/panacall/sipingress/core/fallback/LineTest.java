// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.fallback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.plan.TenantId;

class LineTest {

    private static final TenantId TENANT = new TenantId("demo");
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final Lines lines = new Lines();
    private Instant now = START;

    private static CallId call(int number) {
        return new CallId("call-%03d".formatted(number));
    }

    private Line line() {
        return lines.of(TENANT).orElseThrow();
    }

    private void join(int call, int arrivedAfter) {
        var start = new Line.Start(now.plusSeconds(2), now.plusSeconds(1));
        lines.join(TENANT, call(call), START.plusSeconds(arrivedAfter), start, now);
    }

    /** Asks for as many as may be asked for. */
    private List<CallId> ask() {
        var asked = new ArrayList<CallId>();
        for (var next = line().toBeAsked(now); next.isPresent(); next = line().toBeAsked(now)) {
            line().asks(next.get(), now.plusSeconds(5));
            asked.add(next.get());
        }
        return asked;
    }

    @Test
    void onlyTheFirstIsAskedForAndOnlyAfterThePace() {
        // Given
        join(1, 20);
        join(2, 10);
        // When
        var early = ask();
        now = now.plusSeconds(2);
        var due = ask();
        // Then
        assertEquals(List.of(), early);
        assertEquals(List.of(call(2)), due);
        assertEquals(List.of(call(2), call(1)), line().inOrder());
    }

    @Test
    void whenAcdAnswersTwoMoreAreAskedForWithEachYesInTheirOrder() {
        // Given
        IntStream.range(0, 10).forEach(number -> join(number, number));
        now = now.plusSeconds(2);
        var order = new ArrayList<CallId>();
        var rounds = new ArrayList<Integer>();
        // When
        for (var asked = ask(); !asked.isEmpty(); asked = ask()) {
            rounds.add(asked.size());
            order.addAll(asked);
            for (var call : asked) {
                line().answered(call, now);
                line().leave(call);
            }
        }
        // Then
        assertEquals(List.of(1, 2, 4, 3), rounds);
        assertEquals(IntStream.range(0, 10).mapToObj(LineTest::call).toList(), order);
        lines.tidy();
        assertTrue(lines.isEmpty());
    }

    @Test
    void oneThatIsAskedForInVainIsAskedForAgainAndNobodyElse() {
        // Given
        join(1, 1);
        join(2, 2);
        now = now.plusSeconds(2);
        ask();
        line().lookForPhones(now.plusSeconds(60));
        // When
        line().inVain(call(1), now.plusSeconds(2));
        // Then
        assertEquals(List.of(), ask());
        assertEquals(Optional.of(now.plusSeconds(2)), lines.due());
        now = now.plusSeconds(2);
        assertEquals(List.of(call(1)), ask());
    }

    @Test
    void aQuestionThatIsNeverAnsweredIsAskedAgain() {
        // Given
        join(1, 1);
        now = now.plusSeconds(2);
        ask();
        // When
        now = now.plusSeconds(5);
        // Then
        assertEquals(List.of(call(1)), ask());
    }

    @Test
    void phonesDoNotRingBeforeAcdHasHadItsTime() {
        // Given
        join(1, 1);
        // When
        line().lookForPhones(now);
        // Then
        assertFalse(line().looksForPhones(now));
        assertTrue(line().looksForPhones(now.plusSeconds(1)));
    }

    @Test
    void whoHasLeftIsNeitherAskedForNorRungFor() {
        // Given
        join(1, 1);
        join(2, 2);
        line().lookForPhones(now.plusSeconds(60));
        // When
        line().leave(call(1));
        now = now.plusSeconds(2);
        // Then
        assertEquals(List.of(call(2)), ask());
        assertEquals(1, lines.callers());
        assertEquals(Optional.of(now.plusSeconds(5)), lines.due());
    }
}
