// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

/** One header line: its full name and its unfolded value. */
public record HeaderField(String name, String value) {

    public HeaderField {
        if (!Text.isToken(name)) {
            throw new IllegalArgumentException("not a header name");
        }
        if (Text.hasControl(value)) {
            throw new IllegalArgumentException("control character in " + name);
        }
    }
}
