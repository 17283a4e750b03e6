// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** One party's part of a call. */
public record LegId(String value) {

    public LegId {
        Texts.requireId("leg id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
