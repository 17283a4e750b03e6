// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** A flow; unique within its tenant. */
public record FlowId(String value) {

    public FlowId {
        Texts.requireId("flow id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
