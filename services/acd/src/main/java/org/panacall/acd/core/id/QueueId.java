// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.id;

/** Where calls wait for agents. */
public record QueueId(String value) implements Comparable<QueueId> {

    public QueueId {
        IdRule.check(value, "a queue id");
    }

    @Override
    public int compareTo(QueueId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
