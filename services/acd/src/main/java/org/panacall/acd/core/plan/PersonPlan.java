// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;

/**
 * A person as configured.
 *
 * @param phoneOnly ready while the phone is registered, without a desktop to say so
 * @param wrapUp time for notes after a talk; zero for none
 */
public record PersonPlan(
        AgentId id, Extension extension, String name, boolean phoneOnly, Duration wrapUp) {

    public PersonPlan {
        if (wrapUp.isNegative()) {
            throw new IllegalArgumentException("wrap-up cannot be negative");
        }
    }
}
