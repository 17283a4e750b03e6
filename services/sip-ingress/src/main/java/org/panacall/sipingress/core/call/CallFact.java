// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Instant;
import org.panacall.sipingress.core.plan.TenantId;

/**
 * An event with all that its readers need.
 *
 * @param sequence 1, 2, 3 … within the call
 */
public record CallFact(
        CallId call,
        TenantId tenant,
        long sequence,
        Instant at,
        String traceparent,
        CallEvent event) {}
