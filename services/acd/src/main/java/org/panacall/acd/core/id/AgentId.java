// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** A person of the tenant, as directory names him. */
public record AgentId(String value) implements Comparable<AgentId> {

    public AgentId {
        IdRule.check(value, "an agent id");
    }

    private static final String OUTSIDE = "outside:";

    /** Stands for a number outside that a group rings: the one at that place among its members. */
    public static AgentId outside(int place) {
        return new AgentId(OUTSIDE + place);
    }

    /** Whether it is nobody's id, but stands for a number outside. */
    public boolean isOutside() {
        return value.startsWith(OUTSIDE);
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
