// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.need;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Something that an agent must be able to do: the skill after which it is named, or one of those
 * that do instead, at a level of at least so much.
 */
public record Need(String skill, NavigableSet<String> instead, int level) {

    /** The best that an agent can be at something. */
    public static final int LEVEL_MAX = 10;

    public Need {
        instead = Collections.unmodifiableNavigableSet(new TreeSet<>(instead));
        if (skill.isEmpty()) {
            throw new IllegalArgumentException("a need must name a skill");
        }
        if (level < 1 || level > LEVEL_MAX) {
            throw new IllegalArgumentException("a level is from 1 to 10");
        }
    }

    public static Need of(String skill, int level) {
        return new Need(skill, Collections.emptyNavigableSet(), level);
    }

    /** How good somebody with these skills is at it; 0 when he does not have it at all. */
    int proficiency(Map<String, Integer> skills) {
        var best = skills.getOrDefault(skill, 0);
        for (var other : instead) {
            best = Math.max(best, skills.getOrDefault(other, 0));
        }
        return best;
    }

    boolean metBy(Map<String, Integer> skills) {
        return proficiency(skills) >= level;
    }

    /** Whether a setting for a skill, or for all of its family ("language"), is about this need. */
    boolean isOf(String family) {
        return family.isEmpty() || skill.equals(family) || skill.startsWith(family + ".");
    }

    Need lowered(int levels) {
        return new Need(skill, instead, Math.max(1, level - levels));
    }

    Need widened(String other) {
        var all = new TreeSet<>(instead);
        all.add(other);
        return new Need(skill, all, level);
    }

    /** Both of two needs of the same name. */
    Need and(Need other) {
        var all = new TreeSet<>(instead);
        all.retainAll(other.instead);
        return new Need(skill, all, Math.max(level, other.level));
    }
}
