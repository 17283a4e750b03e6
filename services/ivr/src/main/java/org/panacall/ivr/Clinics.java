// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import java.util.List;
import java.util.Optional;
import org.panacall.ivr.core.id.TenantId;

/** What tenants have said of servers that their flows ask. */
public interface Clinics {

    /** Servers that may be asked. */
    List<String> hosts(TenantId tenant);

    /** Empty when there is none of that name, or nobody knows at present. May block. */
    Optional<String> secret(TenantId tenant, String name);
}
