// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** A call, made by sip-ingress or by who places the call. */
public record CallId(String value) {

    public CallId {
        Texts.requireId("call id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
