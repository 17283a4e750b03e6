// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** A person of the tenant, as directory names him. */
public record AgentId(String value) implements Comparable<AgentId> {

    public AgentId {
        IdRule.check(value, "an agent id");
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
