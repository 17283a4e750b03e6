// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** Where calls wait for agents; unique within its tenant. */
public record QueueId(String value) {

    public QueueId {
        Texts.requireId("queue id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
