// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

/** Names one play of prompts to one leg; chosen by whoever asks for it. */
public record PlayId(String value) {

    public PlayId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("not a play id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
