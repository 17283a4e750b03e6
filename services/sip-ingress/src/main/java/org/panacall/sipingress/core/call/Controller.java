// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.util.Objects;

/** The one instance that decides about a call at the moment. */
public record Controller(Kind kind, String instance) {

    /** What kind of service it is. */
    public enum Kind {
        SIP_INGRESS,
        IVR,
        ACD,
        DIALER
    }

    public Controller {
        Objects.requireNonNull(kind, "kind");
        if (instance.isEmpty() || instance.length() > 128) {
            throw new IllegalArgumentException("not a controller's instance");
        }
    }
}
