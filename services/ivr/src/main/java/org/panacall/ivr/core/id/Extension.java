// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** A short internal number: digits, "*" and "#". */
public record Extension(String value) {

    public Extension {
        Texts.requireId("extension", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
