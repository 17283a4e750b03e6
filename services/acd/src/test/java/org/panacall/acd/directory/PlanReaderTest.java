// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.match.AtRandom;
import org.panacall.acd.core.match.BestConversion;
import org.panacall.acd.core.match.ByShares;
import org.panacall.acd.core.match.Escalating;
import org.panacall.acd.core.match.FewestAnswered;
import org.panacall.acd.core.match.InOrder;
import org.panacall.acd.core.match.LeastTalkTime;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.MostSkilled;
import org.panacall.acd.core.match.RingAll;
import org.panacall.acd.core.match.RoundRobin;
import org.panacall.acd.core.need.Need;
import org.panacall.acd.core.need.Needs;
import org.panacall.acd.core.need.Relaxation;
import org.panacall.acd.core.plan.Fit;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.Urgency;
import org.panacall.proto.directory.v1.Counting;
import org.panacall.proto.directory.v1.MemberGroup;
import org.panacall.proto.directory.v1.NeedRelaxation;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.SkillNeed;
import org.panacall.proto.directory.v1.Strategy;
import org.panacall.proto.directory.v1.StrategySettings;
import org.panacall.proto.directory.v1.Tenant;

class PlanReaderTest {

    private static final QueueId ID = new QueueId("registry");
    private static final Duration HOUR = Duration.ofHours(1);

    private static QueuePlan read(Queue.Builder queue) {
        var tenant = Tenant.newBuilder().addQueues(queue.setQueueId("registry"));
        return PlanReader.read(tenant.build()).queue(ID).orElseThrow();
    }

    private static Queue.Builder with(Strategy strategy, StrategySettings.Builder settings) {
        return Queue.newBuilder().setStrategy(strategy).setStrategySettings(settings);
    }

    private static com.google.protobuf.Duration time(Duration time) {
        return Wording.duration(time);
    }

    @Test
    void eachStrategyIsReadWithItsSettings() {
        // Given
        var settings =
                StrategySettings.newBuilder()
                        .setRingStep(time(Duration.ofSeconds(7)))
                        .setRingMax(4)
                        .setWindow(time(HOUR));
        var step = Duration.ofSeconds(7);
        var expected =
                Map.of(
                        Strategy.STRATEGY_UNSPECIFIED, new LongestIdle(),
                        Strategy.STRATEGY_LONGEST_IDLE, new LongestIdle(),
                        Strategy.STRATEGY_RING_ALL, new RingAll(4),
                        Strategy.STRATEGY_RANDOM, new AtRandom(),
                        Strategy.STRATEGY_MOST_SKILLED, new MostSkilled(),
                        Strategy.STRATEGY_FEWEST_ANSWERED, new FewestAnswered(HOUR),
                        Strategy.STRATEGY_IN_ORDER, new InOrder(step),
                        Strategy.STRATEGY_ESCALATING, new Escalating(step, 4),
                        Strategy.STRATEGY_ROUND_ROBIN, new RoundRobin(),
                        Strategy.STRATEGY_LEAST_TALK_TIME, new LeastTalkTime(HOUR));

        // When
        expected.forEach(
                (strategy, core) ->
                        // Then
                        assertEquals(core, read(with(strategy, settings)).rules().strategy()));
        var last = with(Strategy.STRATEGY_BEST_CONVERSION, settings);
        assertEquals(new BestConversion(), read(last).rules().strategy());
    }

    @Test
    void sharesAreReadWithTheirGroups() {
        // Given
        var settings =
                StrategySettings.newBuilder()
                        .setCounting(Counting.COUNTING_ANSWERED)
                        .setCatchUp(true)
                        .addGroups(
                                MemberGroup.newBuilder()
                                        .setName("best")
                                        .setShare(70)
                                        .setByShares(true));

        // When
        var strategy = read(with(Strategy.STRATEGY_PERCENTAGE, settings)).rules().strategy();

        // Then
        var shares = assertInstanceOf(ByShares.class, strategy);
        assertEquals(Duration.ofHours(9), shares.window());
        assertEquals(Terms.Unit.ANSWERED, shares.unit());
        assertEquals(true, shares.catchUp());
        assertEquals(Map.of("best", new ByShares.GroupShare(70, true)), shares.groups());
    }

    @Test
    void badSettingsOfAStrategyHaveTheirDefaults() {
        // Given
        var settings =
                StrategySettings.newBuilder()
                        .setRingStep(time(Duration.ofHours(3)))
                        .setRingMax(100_000)
                        .setWindow(time(Duration.ofDays(8)))
                        .setCountingValue(77);

        // When
        var escalating = read(with(Strategy.STRATEGY_ESCALATING, settings));
        var shares = read(with(Strategy.STRATEGY_PERCENTAGE, settings));
        var future = read(Queue.newBuilder().setStrategyValue(99));

        // Then
        assertEquals(new Escalating(Duration.ofSeconds(5), 30), escalating.rules().strategy());
        var read = (ByShares) shares.rules().strategy();
        assertEquals(Duration.ofHours(9), read.window());
        assertEquals(Terms.Unit.OFFERED, read.unit());
        assertEquals(new LongestIdle(), future.rules().strategy());
    }

    @Test
    void membersAreReadInTheirOrder() {
        // Given
        var queue =
                Queue.newBuilder()
                        .addMembers(
                                QueueMember.newBuilder()
                                        .setExtension("105")
                                        .setLevel(2)
                                        .setShare(0)
                                        .setConversion(3729)
                                        .setHeadStart(time(HOUR))
                                        .setGroup("best"))
                        .addMembers(QueueMember.newBuilder().setExtension("104").setPosition(9))
                        .addMembers(QueueMember.newBuilder().setExtension("105"));

        // When
        var members = read(queue).members();

        // Then
        var first = new Member(new Extension("105"), 2, 0, 0, 3729, HOUR, "best");
        var second = new Member(new Extension("104"), 1, 9, 1, 0, Duration.ZERO, "");
        assertEquals(List.of(first, second), members);
    }

    @Test
    void agentExtensionsStandForMembersWhoAreAllAlike() {
        // Given
        var queue = Queue.newBuilder().addAgentExtensions("105").addAgentExtensions("104");

        // When
        var members = read(queue).members();

        // Then
        assertEquals(
                List.of("105", "104"),
                members.stream().map(member -> member.extension().value()).toList());
        assertEquals(List.of(1, 1), members.stream().map(Member::level).toList());
    }

    @Test
    void badMembersDoNoHarm() {
        // Given
        var queue =
                Queue.newBuilder()
                        .addMembers(QueueMember.newBuilder())
                        .addMembers(QueueMember.newBuilder().setExtension("1".repeat(40)))
                        .addMembers(
                                QueueMember.newBuilder()
                                        .setExtension("104")
                                        .setLevel(1000)
                                        .setShare(-1)
                                        .setHeadStart(time(Duration.ofDays(400))));

        // When
        var members = read(queue).members();

        // Then
        assertEquals(List.of(Member.of(new Extension("104"), 0)), members);
    }

    @Test
    void needsAndTheirRelaxationsAreRead() {
        // Given
        var queue =
                Queue.newBuilder()
                        .addNeeds(
                                SkillNeed.newBuilder()
                                        .setSkill("surgery")
                                        .setLevel(7)
                                        .addInstead("therapy"))
                        .addNeeds(SkillNeed.newBuilder())
                        .addRelaxations(
                                NeedRelaxation.newBuilder()
                                        .setAfter(time(Duration.ofSeconds(60)))
                                        .setDrop(true))
                        .addRelaxations(
                                NeedRelaxation.newBuilder()
                                        .setAfter(time(Duration.ofSeconds(30)))
                                        .setSkill("surgery")
                                        .setLowerBy(3))
                        .addRelaxations(NeedRelaxation.newBuilder())
                        .setTierWait(time(Duration.ofSeconds(20)))
                        .setPreferredTimeout(time(Duration.ofSeconds(40)))
                        .setRingsBusy(true);

        // When
        var fit = read(queue).rules().fit();

        // Then
        var need = new Need("surgery", new TreeSet<>(List.of("therapy")), 7);
        var lower =
                new Relaxation(Duration.ofSeconds(30), "surgery", new Relaxation.Change.Lower(3));
        var drop = new Relaxation(Duration.ofSeconds(60), "", new Relaxation.Change.Drop());
        assertEquals(
                new Fit(
                        Needs.of(List.of(need)),
                        List.of(lower, drop),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        true),
                fit);
    }

    @Test
    void aQueueThatSaysNothingTakesAnybodyByArrival() {
        // Given
        var queue = Queue.newBuilder();

        // When
        var rules = read(queue).rules();

        // Then
        assertEquals(Fit.ANYBODY, rules.fit());
        assertEquals(Urgency.NONE, rules.urgency());
    }

    @Test
    void aPreferredTimeoutOfNothingIsTakenAtItsWord() {
        // Given
        var queue = Queue.newBuilder().setPreferredTimeout(time(Duration.ZERO));

        // When
        var fit = read(queue).rules().fit();

        // Then
        assertEquals(Duration.ZERO, fit.preferredFor());
    }

    @Test
    void aQueuesCategoriesComeBeforeTheTenants() {
        // Given
        var tenant =
                Tenant.newBuilder()
                        .putCategories("vip", time(Duration.ofMinutes(10)))
                        .putCategories("urgent", time(Duration.ofMinutes(5)))
                        .putCategories("mad", time(Duration.ofDays(40)))
                        .addQueues(
                                Queue.newBuilder()
                                        .setQueueId("registry")
                                        .putCategories("vip", time(HOUR))
                                        .setWeight(time(Duration.ofMinutes(3))));

        // When
        var urgency = PlanReader.read(tenant.build()).queue(ID).orElseThrow().rules().urgency();

        // Then
        assertEquals(Duration.ofMinutes(3), urgency.weight());
        assertEquals(
                Map.of("vip", HOUR, "urgent", Duration.ofMinutes(5), "mad", Duration.ZERO),
                urgency.categories());
    }

    @Test
    void whoHasNoLanguageSpeaksTheTenants() {
        // Given
        var tenant =
                Tenant.newBuilder()
                        .setLanguage("ru-RU")
                        .addPeople(
                                Person.newBuilder()
                                        .setPersonId("agent_103")
                                        .setExtension("103")
                                        .putSkills("surgery", 99))
                        .addPeople(
                                Person.newBuilder()
                                        .setPersonId("agent_104")
                                        .setExtension("104")
                                        .putSkills("language.uk", 8));

        // When
        var plan = PlanReader.read(tenant.build());

        // Then
        assertEquals(
                Map.of("language.ru", 10, "surgery", 1),
                plan.person(new AgentId("agent_103")).orElseThrow().skills());
        assertEquals(
                Map.of("language.uk", 8),
                plan.person(new AgentId("agent_104")).orElseThrow().skills());
    }
}
