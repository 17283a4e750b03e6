// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** A step; unique within its flow. */
public record StepId(String value) {

    public StepId {
        Texts.requireId("step id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
