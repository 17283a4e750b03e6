// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.util.Objects;
import org.panacall.sipingress.core.plan.TenantId;

/** The one instance that decides about a call at the moment. */
public record Controller(Kind kind, String instance) {

    /** What kind of service it is. */
    public enum Kind {
        SIP_INGRESS,
        IVR,
        ACD,
        DIALER
    }

    /** acd is named for the tenant, so that the calls of a leader are those of the next one too. */
    public static Controller acdOf(TenantId tenant) {
        return new Controller(Kind.ACD, tenant.value());
    }

    public Controller {
        Objects.requireNonNull(kind, "kind");
        if (instance.isEmpty() || instance.length() > 128) {
            throw new IllegalArgumentException("not a controller's instance");
        }
    }
}
