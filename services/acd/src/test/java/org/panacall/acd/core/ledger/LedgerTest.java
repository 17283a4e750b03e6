// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Terms.Group;
import org.panacall.acd.core.ledger.Terms.Unit;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;

class LedgerTest {

    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final QueueId QUEUE = new QueueId("registry");
    private static final Duration SHIFT = Duration.ofHours(9);

    private static AgentId agent(int index) {
        return new AgentId("agent_" + index);
    }

    private static Terms terms(Unit unit, int... shares) {
        var groups = new TreeMap<String, Group>();
        for (int index = 0; index < shares.length; index++) {
            var alone = new TreeMap<AgentId, Integer>();
            alone.put(agent(index), 1);
            groups.put("/" + agent(index), new Group(shares[index], false, alone));
        }
        return new Terms(SHIFT, unit, false, groups);
    }

    private static Deed deed(AgentId agent, Instant at) {
        return new Deed(agent, at, one -> true);
    }

    /** All shares there are, from two to thirty, and a change of them in the middle. */
    @Test
    void nobodyIsEverAWholeCallAwayFromHisExactShareWhileAllAreReady() {
        Seeds.run(
                seed -> {
                    // Given
                    var dice = new Dice(seed);
                    var ledger = new Ledger();
                    var members = dice.between(2, 30);
                    var exact = new double[members];
                    var got = new int[members];
                    var all = new ArrayList<AgentId>();
                    for (int index = 0; index < members; index++) {
                        all.add(agent(index));
                    }
                    var shares = shares(dice, members);
                    ledger.agree(terms(Unit.OFFERED, shares), 1, START);

                    // When
                    for (int call = 0; call < 1_000; call++) {
                        if (call == 500) {
                            shares = shares(dice, members);
                            ledger.agree(terms(Unit.OFFERED, shares), 2, START);
                        }
                        var at = START.plusSeconds(call);
                        var next = ledger.next(all, at, one -> true);
                        ledger.offered(deed(next, at));
                        got[all.indexOf(next)]++;

                        // Then
                        count(exact, shares, 1);
                        assertWithinOne(exact, got);
                    }
                });
    }

    /** However short talks are here, and from the first one on. */
    @Test
    void nobodyIsEverALongestTalkAwayFromHisExactShareOfTalkTime() {
        Seeds.run(
                seed -> {
                    // Given
                    var dice = new Dice(seed);
                    var ledger = new Ledger();
                    var members = dice.between(2, 30);
                    var all = new ArrayList<AgentId>();
                    for (int index = 0; index < members; index++) {
                        all.add(agent(index));
                    }
                    var shares = shares(dice, members);
                    ledger.agree(terms(Unit.TALK_TIME, shares), 1, START);
                    var longest = dice.between(1, 400);
                    var exact = new double[members];
                    var got = new double[members];

                    // When
                    for (int call = 0; call < 1_000; call++) {
                        var at = START.plusSeconds(call);
                        var next = ledger.next(all, at, one -> true);
                        var talk = dice.between((longest + 1) / 2, longest);
                        ledger.offered(deed(next, at));
                        ledger.answered(deed(next, at));
                        ledger.talked(deed(next, at), Duration.ofSeconds(talk));
                        got[all.indexOf(next)] += talk;
                        count(exact, shares, talk);

                        // Then
                        for (int index = 0; index < members; index++) {
                            var away = Math.abs(exact[index] - got[index]) / longest;
                            assertTrue(away <= 1.001, () -> away + " longest talks away");
                        }
                    }
                });
    }

    private static int[] shares(Dice dice, int members) {
        var shares = new int[members];
        for (int index = 0; index < members; index++) {
            shares[index] = dice.chance(0.3) ? 1 : dice.between(1, 100);
        }
        return shares;
    }

    private static void count(double[] exact, int[] shares, int amount) {
        double sum = 0;
        for (var share : shares) {
            sum += share;
        }
        for (int index = 0; index < shares.length; index++) {
            exact[index] += amount * shares[index] / sum;
        }
    }

    private static void assertWithinOne(double[] exact, int[] got) {
        for (int index = 0; index < got.length; index++) {
            var away = Math.abs(exact[index] - got[index]);
            assertTrue(away <= 1.001, () -> "somebody is " + away + " calls away");
        }
    }

    @Test
    void aDebtThatWasPaidHasNoEchoWhenTheWindowMovesPastIt() {
        // Given: 0 was busy and is paid back two hours later.
        var ledger = new Ledger();
        ledger.agree(terms(Unit.OFFERED, 50, 50), 1, START);
        for (int call = 0; call < 6; call++) {
            ledger.offered(deed(agent(1), START.plusSeconds(call)));
        }
        var later = START.plus(Duration.ofHours(2));
        for (int call = 0; call < 6; call++) {
            ledger.offered(deed(agent(0), later.plusSeconds(call)));
        }

        // When: only the payment would be in the window.
        var now = START.plus(SHIFT).plus(Duration.ofHours(1));

        // Then
        var all = List.of(agent(0), agent(1));
        var next = new ArrayList<AgentId>();
        for (int call = 0; call < 4; call++) {
            var one = ledger.next(all, now, any -> true);
            ledger.offered(deed(one, now));
            next.add(one);
        }
        assertEquals(List.of(agent(0), agent(1), agent(0), agent(1)), next);
    }

    @Test
    void aCallUnderWayIsCountedBeforeItIsAnswered() {
        // Given
        var ledger = new Ledger();
        ledger.agree(terms(Unit.ANSWERED, 50, 50), 1, START);
        ledger.offered(deed(agent(0), START));

        // When
        var next = ledger.next(List.of(agent(0), agent(1)), START, any -> true);

        // Then
        assertEquals(agent(1), next);
    }

    @Test
    void anAnswerWithoutATalkIsNone() {
        // Given
        var ledger = new Ledger();
        ledger.agree(terms(Unit.ANSWERED, 50, 50), 1, START);
        ledger.offered(deed(agent(0), START));
        ledger.answered(deed(agent(0), START));

        // When
        ledger.returned(deed(agent(0), START));

        // Then
        assertEquals(0, ledger.answeredBy(agent(0), START));
        assertEquals(agent(0), ledger.next(List.of(agent(0), agent(1)), START, any -> true));
    }

    @Test
    void whatIsRememberedIsBoundedHoweverLongTheDay() {
        // Given
        var ledger = new Ledger();
        ledger.agree(terms(Unit.TALK_TIME, 70, 30), 1, START);

        // When
        for (int call = 0; call < 20_000; call++) {
            var at = START.plusSeconds(call * 20L);
            ledger.offered(deed(agent(call % 2), at));
            ledger.answered(deed(agent(call % 2), at));
            ledger.talked(deed(agent(call % 2), at.plusSeconds(15)), Duration.ofSeconds(15));
        }

        // Then
        var kept = ledger.kept(QUEUE);
        kept.work().values().forEach(steps -> assertTrue(steps.size() <= 50));
        kept.owed().groups().values().forEach(debts -> assertTrue(debts.size() <= 50));
    }

    @Test
    void aLedgerThatIsKeptGoesOnTheSame() {
        // Given
        var ledger = new Ledger();
        ledger.agree(terms(Unit.ANSWERED, 60, 40), 1, START);
        for (int call = 0; call < 25; call++) {
            ledger.offered(deed(agent(call % 2), START.plusSeconds(call)));
            ledger.answered(deed(agent(call % 2), START.plusSeconds(call)));
        }

        // When
        var again = Ledger.of(ledger.kept(QUEUE));

        // Then
        assertEquals(ledger.kept(QUEUE), again.kept(QUEUE));
        var all = List.of(agent(0), agent(1));
        assertEquals(ledger.next(all, START, one -> true), again.next(all, START, one -> true));
        assertEquals(13, again.answeredBy(agent(0), START));
    }
}
