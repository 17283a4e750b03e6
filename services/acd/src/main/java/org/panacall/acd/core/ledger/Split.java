// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.ledger.KeptLedger.Owed;
import org.panacall.acd.core.ledger.Terms.Group;

/** How a queue's work is split between groups, and within them: what is owed to whom. */
final class Split {

    private Terms terms = Terms.NONE;
    private final Book<String> groups = new Book<>();
    private final Book<AgentId> members = new Book<>();

    /** An index: whose share somebody works for. */
    private final NavigableMap<AgentId, String> groupOf = new TreeMap<>();

    /** Splits by other shares from now on; what is owed already stays owed. */
    void agree(Terms next) {
        if (next.unit() != terms.unit()) {
            groups.clear();
            members.clear();
        }
        adopt(next);
        groups.retain(next.groups().navigableKeySet());
        members.retain(groupOf.navigableKeySet());
    }

    private void adopt(Terms next) {
        terms = next;
        groupOf.clear();
        next.groups()
                .forEach(
                        (name, group) ->
                                group.members().keySet().forEach(one -> groupOf.put(one, name)));
    }

    boolean shares(AgentId agent) {
        return groupOf.containsKey(agent);
    }

    void count(Deed deed, long amount, When when) {
        var name = groupOf.get(deed.agent());
        if (name == null) {
            return;
        }
        Predicate<AgentId> present = one -> one.equals(deed.agent()) || deed.present().test(one);
        groups.count(name, amount, sharesOfGroups(present), when);
        var group = terms.groups().get(name);
        if (group.byShares()) {
            members.count(deed.agent(), amount, sharesIn(group, present), when);
        }
    }

    private NavigableMap<String, Integer> sharesOfGroups(Predicate<AgentId> present) {
        var shares = new TreeMap<String, Integer>();
        terms.groups()
                .forEach(
                        (name, group) -> {
                            if (group.share() > 0 && isThere(group, present)) {
                                shares.put(name, group.share());
                            }
                        });
        return shares;
    }

    /** Where nobody is at work nothing is owed, unless all is to be made up for. */
    private boolean isThere(Group group, Predicate<AgentId> present) {
        return terms.catchUp() || group.members().keySet().stream().anyMatch(present);
    }

    private NavigableMap<AgentId, Integer> sharesIn(Group group, Predicate<AgentId> present) {
        var shares = new TreeMap<AgentId, Integer>();
        group.members()
                .forEach(
                        (member, share) -> {
                            if (share > 0 && (terms.catchUp() || present.test(member))) {
                                shares.put(member, share);
                            }
                        });
        return shares;
    }

    /**
     * The moment before one more call is given to somebody.
     *
     * @param underWay who is at something that is not counted yet
     * @param unit what the call will count for
     */
    record Moment(
            NavigableSet<AgentId> underWay, long unit, When when, Predicate<AgentId> present) {}

    /**
     * Whose turn it is; the first of them when no share is theirs.
     *
     * @param fitting in the order in which they have been idle; not empty
     */
    AgentId next(List<AgentId> fitting, Moment moment) {
        var byGroup = new TreeMap<String, NavigableSet<AgentId>>();
        for (var agent : fitting) {
            var name = groupOf.get(agent);
            if (name != null && terms.groups().get(name).share() > 0) {
                byGroup.computeIfAbsent(name, unused -> new TreeSet<>()).add(agent);
            }
        }
        var shares = sharesOfGroups(moment.present());
        var begun = count(moment.underWay(), groupOf);
        var claims = groups.claims(shares, begun, moment.unit(), moment.when());
        var turn = Claims.next(claims, byGroup::containsKey, moment.unit());
        if (turn.isEmpty()) {
            return fitting.getFirst();
        }
        var chosen = byGroup.get(turn.get());
        var group = terms.groups().get(turn.get());
        return (group.byShares() ? nextIn(group, chosen, moment) : Optional.<AgentId>empty())
                .orElseGet(
                        () -> fitting.stream().filter(chosen::contains).findFirst().orElseThrow());
    }

    private Optional<AgentId> nextIn(Group group, NavigableSet<AgentId> fitting, Moment moment) {
        var own = new TreeMap<AgentId, AgentId>();
        group.members().keySet().forEach(member -> own.put(member, member));
        var shares = sharesIn(group, moment.present());
        var begun = count(moment.underWay(), own);
        var claims = members.claims(shares, begun, moment.unit(), moment.when());
        return Claims.next(claims, fitting::contains, moment.unit());
    }

    private static <K> Map<K, Integer> count(NavigableSet<AgentId> agents, Map<AgentId, K> keys) {
        var counts = new TreeMap<K, Integer>();
        for (var agent : agents) {
            var key = keys.get(agent);
            if (key != null) {
                counts.merge(key, 1, Integer::sum);
            }
        }
        return counts;
    }

    Owed kept() {
        return new Owed(groups.kept(), members.kept());
    }

    void restore(Terms kept, Owed owed) {
        adopt(kept);
        groups.restore(owed.groups());
        members.restore(owed.members());
    }
}
