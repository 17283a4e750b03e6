// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.panacall.tests.strategy.Checks.Score;
import org.panacall.tests.strategy.StrategyRow.Check;
import org.panacall.tests.strategy.StrategyRow.Conduct;

/** All strategies with what is to be seen of them. */
final class Rows {

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration PEACE = Duration.ofSeconds(2);
    private static final List<Integer> RINGS = List.of(500, 1000, 1500, 2000, 2500, 3000);
    private static final List<Integer> SHARES = List.of(40, 25, 15, 10, 6, 4);
    private static final List<Integer> LATER = List.of(5, 5, 10, 10, 20, 50);
    private static final double BLUR_SECONDS = 0.25;

    private Rows() {}

    static List<StrategyRow> all() {
        return List.of(
                row("longest-idle", "", Conduct.LONG, least(BLUR_SECONDS, idle())),
                row(
                        "ring-all",
                        "",
                        Conduct.LONG.ringing(RINGS.toArray(Integer[]::new)),
                        together()),
                row("random", "", Conduct.SHORT, Checks::random),
                row(
                        "most-skilled",
                        ", \"needs\": [{\"skill\": \"surgery\"}]",
                        Conduct.LONG,
                        inReverse()),
                row("fewest-answered", "", Conduct.LONG, least(0, counted())),
                row("least-talk-time", "", Conduct.LONG, least(BLUR_SECONDS, talked())),
                row(
                        "in-order",
                        step(),
                        Conduct.LONG.ringing(3000, 0, 0, 3000, 0, 0),
                        inTurn(false)),
                row(
                        "escalating",
                        step(),
                        Conduct.talks(500, 100).ringing(4000, 700, 700, 4000, 700, 700),
                        inTurn(true)),
                row("round-robin", "", Conduct.LONG, Rows::roundRobin),
                row("best-conversion", "", Conduct.LONG, inReverse()),
                row(
                        "percentage",
                        "",
                        Conduct.SHORT.thenShares(shares(LATER)),
                        (calls, agents) ->
                                Checks.shares(
                                        new Split(
                                                calls,
                                                Served::agent,
                                                call -> 1,
                                                1 + 1e-9,
                                                parts(agents, SHARES),
                                                parts(agents, LATER)))),
                row(
                        "percentage-answered",
                        settings("\"counting\": \"answered\""),
                        Conduct.SHORT,
                        (calls, agents) ->
                                Checks.shares(
                                        Split.ofCalls(
                                                calls, Served::agent, parts(agents, SHARES)))),
                row(
                        "percentage-talk-time",
                        settings("\"counting\": \"talk-time\""),
                        Conduct.talks(400, 30),
                        Rows::byTalk),
                row("percentage-groups", groups(), Conduct.SHORT, Rows::byGroups));
    }

    private static StrategyRow row(String name, String more, Conduct conduct, Check check) {
        var strategy = name.startsWith("percentage") ? "percentage" : name;
        var members =
                IntStream.range(0, StrategyRow.AGENTS)
                        .mapToObj(i -> member(i, name.endsWith("groups")))
                        .collect(Collectors.joining(", "));
        var settings =
                "{\"strategy\": \"%s\", \"agentExtensions\": null, \"members\": [%s]%s}"
                        .formatted(strategy, members, more);
        return new StrategyRow(name, settings, conduct, check);
    }

    /** Numbers for each strategy that goes by some. */
    private static String member(int index, boolean inGroups) {
        return ("{\"extension\": \"%%%d$s\", \"position\": %d, \"share\": %d,"
                        + " \"conversion\": %d%s}")
                .formatted(
                        index + 1,
                        index + 1,
                        inGroups ? 3 - index % 3 : SHARES.get(index),
                        10 * (index + 1),
                        inGroups ? ", \"group\": \"" + group(index) + "\"" : "");
    }

    private static String group(int index) {
        return index < 3 ? "inside" : "outside";
    }

    private static String step() {
        return settings("\"ringStep\": \"" + STEP + "\"");
    }

    private static String groups() {
        return settings(
                "\"groups\": [{\"name\": \"inside\", \"share\": 70, \"byShares\": true},"
                        + " {\"name\": \"outside\", \"share\": 30}]");
    }

    private static String settings(String inside) {
        return ", \"strategySettings\": {" + inside + "}";
    }

    private static String shares(List<Integer> percents) {
        return IntStream.range(0, percents.size())
                .mapToObj(
                        i ->
                                "{\"extension\": \"%%%d$s\", \"percent\": %d}"
                                        .formatted(i + 1, percents.get(i)))
                .collect(Collectors.joining(", ", "{\"shares\": [", "]}"));
    }

    private static Map<String, Double> parts(List<String> agents, List<Integer> shares) {
        double sum = shares.stream().mapToInt(Integer::intValue).sum();
        var parts = new TreeMap<String, Double>();
        for (int i = 0; i < agents.size(); i++) {
            parts.put(agents.get(i), shares.get(i) / sum);
        }
        return parts;
    }

    private static Check least(double blur, Score score) {
        return (calls, agents) -> Checks.least(calls, agents, PEACE, blur, score);
    }

    private static Score idle() {
        return (agent, before, at) -> Checks.idleSince(agent, before);
    }

    private static Score counted() {
        return (agent, before, at) -> Checks.answered(agent, before);
    }

    private static Score talked() {
        return (agent, before, at) -> Checks.talked(agent, before);
    }

    /** The last of them has the highest number. */
    private static Check inReverse() {
        return (calls, agents) ->
                Checks.least(
                        calls, agents, PEACE, 0, (agent, before, at) -> -agents.indexOf(agent));
    }

    private static Check inTurn(boolean together) {
        return (calls, agents) ->
                Checks.least(calls, agents, PEACE, 0, (agent, before, at) -> agents.indexOf(agent))
                        .or(() -> Checks.steps(calls, STEP, together));
    }

    private static Check together() {
        return (calls, agents) ->
                Checks.all(
                        calls,
                        agents,
                        (agent, ring) -> ring.from().plusMillis(RINGS.get(agents.indexOf(agent))));
    }

    private static Optional<String> roundRobin(List<Served> calls, List<String> agents) {
        return Checks.least(
                calls,
                agents,
                PEACE,
                0,
                (agent, before, at) -> Checks.afterLast(agent, agents, calls, at));
    }

    /** Nobody is further off than the longest talk. */
    private static Optional<String> byTalk(List<Served> calls, List<String> agents) {
        var longest = calls.stream().mapToLong(call -> call.talk().toMillis()).max().orElse(0);
        return Checks.shares(
                new Split(
                        calls,
                        Served::agent,
                        call -> call.talk().toMillis() / 1e3,
                        longest / 1e3,
                        parts(agents, SHARES),
                        parts(agents, SHARES)));
    }

    /** Seven of ten go to a group that splits them 3:2:1, the rest to one that takes turns. */
    private static Optional<String> byGroups(List<Served> calls, List<String> agents) {
        var inside = agents.subList(0, 3);
        var outside = agents.subList(3, StrategyRow.AGENTS);
        var those = calls.stream().filter(call -> inside.contains(call.agent())).toList();
        var others = calls.stream().filter(call -> outside.contains(call.agent())).toList();
        return Checks.shares(
                        Split.ofCalls(
                                calls,
                                call -> group(agents.indexOf(call.agent())),
                                Map.of("inside", 0.7, "outside", 0.3)))
                .or(
                        () ->
                                Checks.shares(
                                        Split.ofCalls(
                                                those,
                                                Served::agent,
                                                parts(inside, List.of(3, 2, 1)))))
                .or(() -> Checks.spread(others, outside, 1));
    }
}
