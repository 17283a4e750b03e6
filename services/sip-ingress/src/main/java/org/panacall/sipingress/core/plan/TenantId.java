// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.plan;

/** Names a contact centre. */
public record TenantId(String value) {

    public TenantId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("not a tenant id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
