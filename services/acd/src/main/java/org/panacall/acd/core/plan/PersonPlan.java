// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;

/**
 * A person as configured.
 *
 * @param phoneOnly ready while the phone is registered, without a desktop to say so
 * @param wrapUp time for notes after a talk; zero for none
 * @param devices what he can be rung on
 */
public record PersonPlan(
        AgentId id,
        Extension extension,
        String name,
        boolean phoneOnly,
        Duration wrapUp,
        Devices devices) {

    public PersonPlan {
        if (wrapUp.isNegative()) {
            throw new IllegalArgumentException("wrap-up cannot be negative");
        }
    }

    /** Somebody with one phone, which is registered as his extension. */
    public PersonPlan(
            AgentId id, Extension extension, String name, boolean phoneOnly, Duration wrapUp) {
        this(id, extension, name, phoneOnly, wrapUp, Devices.phone(extension));
    }

    /** Notes after talks for which no queue has a rule. */
    public Notes notes() {
        return Notes.timed(wrapUp.compareTo(Notes.LONGEST) > 0 ? Notes.LONGEST : wrapUp);
    }

    /** A mobile is always there, but nobody is always at work: it counts when he says so. */
    public boolean mobile() {
        return !phoneOnly && devices.mobile();
    }
}
