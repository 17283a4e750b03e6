// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.fairness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.need.Relaxation;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;

/**
 * Who fits whom and whose turn it is, said once more in the most simple-minded way, so that it can
 * be compared with what the core's indexes find.
 */
final class Oracle {

    private final TenantPlan plan;
    private final Instant now;
    private final TreeSet<AgentId> present;

    Oracle(TenantPlan plan, Instant now, TreeSet<AgentId> present) {
        this.plan = plan;
        this.now = now;
        this.present = present;
    }

    private QueuePlan queue(QueuedCall call) {
        return plan.queue(call.queue().orElseThrow()).orElseThrow();
    }

    private static String attribute(QueuedCall call, String name) {
        return call.caller().attributes().getOrDefault(name, "");
    }

    /** Those whom a call waits for and nobody else. */
    List<AgentId> hoped(QueuedCall call) {
        var fit = queue(call).rules().fit();
        if (!now.isBefore(call.place().since().plus(fit.preferredFor()))) {
            return List.of();
        }
        return preferred(call).stream()
                .filter(present::contains)
                .filter(agent -> !call.missed().containsKey(agent))
                .toList();
    }

    private List<AgentId> preferred(QueuedCall call) {
        return Arrays.stream(attribute(call, "preferred").split(","))
                .filter(extension -> !extension.isEmpty())
                .map(extension -> plan.personAt(new Extension(extension)))
                .flatMap(Optional::stream)
                .map(PersonPlan::id)
                .distinct()
                .toList();
    }

    /** Whether a free agent is one whom the call could be offered to. */
    boolean fits(QueuedCall call, AgentId agent) {
        var hoped = hoped(call);
        if (!hoped.isEmpty()) {
            return hoped.contains(agent);
        }
        var member = member(call, agent);
        var skills = plan.person(agent).map(PersonPlan::skills).map(TreeMap::new);
        return member.isPresent()
                && member.get().level() <= levelMax(call)
                && skills.filter(has -> able(call, has)).isPresent();
    }

    /** Who talks elsewhere is rung only where the queue allows it. */
    boolean mayRing(QueuedCall call, Agent agent) {
        return agent.free()
                && (!agent.talksElsewhere() || queue(call).rules().fit().ringsBusy())
                && fits(call, agent.id());
    }

    Optional<Member> member(QueuedCall call, AgentId agent) {
        return Optional.ofNullable(plan.members(call.queue().orElseThrow()).get(agent));
    }

    private int levelMax(QueuedCall call) {
        var wait = queue(call).rules().fit().tierWait();
        if (wait.isZero()) {
            return Integer.MAX_VALUE;
        }
        var levels = new TreeSet<Integer>();
        plan.members(queue(call).id()).values().forEach(member -> levels.add(member.level()));
        var reached = 0;
        for (var at = call.place().since(); !at.isAfter(now); at = at.plus(wait)) {
            reached = levels.isEmpty() ? 0 : levels.pollFirst();
            if (levels.isEmpty()) {
                return reached;
            }
        }
        return reached;
    }

    /** Skill, level and what does instead, one need after the other. */
    private boolean able(QueuedCall call, Map<String, Integer> skills) {
        var levels = new TreeMap<String, Integer>();
        var instead = new TreeMap<String, List<String>>();
        for (var need : queue(call).rules().fit().needs().all()) {
            levels.put(need.skill(), need.level());
            instead.put(need.skill(), new ArrayList<>(need.instead()));
        }
        call.caller()
                .attributes()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith("skill.")) {
                                levels.merge(name.substring(6), Integer.parseInt(value), Math::max);
                            } else if (name.equals("language")) {
                                levels.merge("language." + value, 1, Math::max);
                            }
                        });
        for (var step : queue(call).rules().fit().relaxations()) {
            if (!call.place().since().plus(step.after()).isAfter(now)) {
                relax(levels, instead, step);
            }
        }
        return levels.entrySet().stream()
                .allMatch(
                        need ->
                                skills.getOrDefault(need.getKey(), 0) >= need.getValue()
                                        || instead.getOrDefault(need.getKey(), List.of()).stream()
                                                .anyMatch(
                                                        other ->
                                                                skills.getOrDefault(other, 0)
                                                                        >= need.getValue()));
    }

    private static void relax(
            Map<String, Integer> levels, Map<String, List<String>> instead, Relaxation step) {
        for (var skill : List.copyOf(levels.keySet())) {
            var family = step.skill();
            if (!family.isEmpty() && !skill.equals(family) && !skill.startsWith(family + ".")) {
                continue;
            }
            switch (step.change()) {
                case Relaxation.Change.Drop drop -> levels.remove(skill);
                case Relaxation.Change.Lower(var by) ->
                        levels.merge(skill, by, (level, less) -> Math.max(1, level - less));
                case Relaxation.Change.Widen(var other) ->
                        instead.computeIfAbsent(skill, none -> new ArrayList<>()).add(other);
            }
        }
    }

    /** Which of two calls of a queue comes first. */
    Comparator<QueuedCall> byRank() {
        return Comparator.comparing(this::rank).thenComparing(call -> call.place().arrival());
    }

    private Instant rank(QueuedCall call) {
        var minutes = attribute(call, "priority");
        var rank = call.place().since();
        if (!minutes.isEmpty()) {
            rank = rank.minus(Duration.ofMinutes(Integer.parseInt(minutes)));
        }
        var categories = queue(call).rules().urgency().categories();
        return rank.minus(categories.getOrDefault(attribute(call, "category"), Duration.ZERO));
    }
}
