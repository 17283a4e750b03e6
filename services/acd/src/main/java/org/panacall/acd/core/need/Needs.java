// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.need;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** All that is wanted of an agent at once. Equal and ordered by what they say. */
public final class Needs implements Comparable<Needs> {

    public static final Needs NONE = new Needs(Collections.emptyNavigableMap());

    private final NavigableMap<String, Need> bySkill;
    private final List<Need> all;
    private final String text;

    private Needs(NavigableMap<String, Need> bySkill) {
        this.bySkill = bySkill;
        all = List.copyOf(bySkill.values());
        text = all.toString();
    }

    public static Needs of(Collection<Need> needs) {
        var bySkill = new TreeMap<String, Need>();
        needs.forEach(need -> bySkill.merge(need.skill(), need, Need::and));
        return bySkill.isEmpty() ? NONE : new Needs(bySkill);
    }

    /** These and others. */
    public Needs and(Needs others) {
        if (others.isNone()) {
            return this;
        }
        var all = new TreeMap<>(bySkill);
        others.bySkill.forEach((skill, need) -> all.merge(skill, need, Need::and));
        return new Needs(all);
    }

    public boolean isNone() {
        return bySkill.isEmpty();
    }

    public List<Need> all() {
        return all;
    }

    /** Whether somebody with these skills will do. */
    public boolean metBy(Map<String, Integer> skills) {
        for (var need : all) {
            if (!need.metBy(skills)) {
                return false;
            }
        }
        return true;
    }

    /** How good somebody is at what is wanted, in sum. */
    public int proficiency(Map<String, Integer> skills) {
        return bySkill.values().stream().mapToInt(need -> need.proficiency(skills)).sum();
    }

    /** What is still wanted after a step. */
    public Needs relaxed(Relaxation step) {
        var left = new TreeMap<String, Need>();
        for (var need : bySkill.values()) {
            if (!need.isOf(step.skill())) {
                left.put(need.skill(), need);
                continue;
            }
            switch (step.change()) {
                case Relaxation.Change.Lower(var levels) ->
                        left.put(need.skill(), need.lowered(levels));
                case Relaxation.Change.Widen(var other) ->
                        left.put(need.skill(), need.widened(other));
                case Relaxation.Change.Drop drop -> {}
            }
        }
        return left.isEmpty() ? NONE : new Needs(left);
    }

    @Override
    public int compareTo(Needs other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needs needs && text.equals(needs.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
