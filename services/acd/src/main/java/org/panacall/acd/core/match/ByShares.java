// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.match;

import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.acd.core.plan.Member;

/**
 * By percentage: whoever is owed most of his share. Shares are those of groups, and within a group
 * of its members, or whoever of them has been idle longest. Whoever has no group is one of his own.
 *
 * @param window how long a debt is remembered
 * @param unit what is shared
 * @param catchUp whether who was away makes up for it
 * @param groups by name
 */
public record ByShares(
        Duration window, Terms.Unit unit, boolean catchUp, NavigableMap<String, GroupShare> groups)
        implements Strategy {

    /**
     * A group as configured.
     *
     * @param byShares whether its members share by numbers of their own
     */
    public record GroupShare(int share, boolean byShares) {}

    public ByShares {
        groups = Collections.unmodifiableNavigableMap(new TreeMap<>(groups));
    }

    @Override
    public Optional<Candidate> choose(Stream<Candidate> fitting, Situation situation) {
        var all = fitting.toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var team = situation.team();
        var agents = all.stream().map(Candidate::agent).collect(Collectors.toList());
        var next = team.ledger().next(agents, situation.now(), team.present());
        return all.stream().filter(one -> one.agent().equals(next)).findFirst();
    }

    @Override
    public Terms terms(NavigableMap<AgentId, Member> members) {
        var inGroups = new TreeMap<String, NavigableMap<AgentId, Integer>>();
        var own = new TreeMap<String, Terms.Group>();
        members.forEach(
                (agent, member) -> {
                    if (groups.containsKey(member.group())) {
                        inGroups.computeIfAbsent(member.group(), name -> new TreeMap<>())
                                .put(agent, member.share());
                    } else {
                        var alone = new TreeMap<AgentId, Integer>();
                        alone.put(agent, member.share());
                        own.put(alone(agent), new Terms.Group(member.share(), false, alone));
                    }
                });
        inGroups.forEach(
                (name, staff) -> {
                    var group = groups.get(name);
                    own.put(name, new Terms.Group(group.share(), group.byShares(), staff));
                });
        return new Terms(window, unit, catchUp, own);
    }

    /** A name that no group can have. */
    private static String alone(AgentId agent) {
        return "/" + agent.value();
    }
}
