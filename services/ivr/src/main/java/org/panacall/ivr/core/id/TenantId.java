// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.id;

/** One contact centre. */
public record TenantId(String value) {

    public TenantId {
        Texts.requireId("tenant id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
