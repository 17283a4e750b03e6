// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

/** Names a leg: one party's part of a call, from us. A prefixed UUIDv7 in production. */
public record LegId(String value) {

    public LegId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("not a leg id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
