// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.plan;

import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.core.agent.Notes;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;

/**
 * A person as configured.
 *
 * @param phoneOnly ready while the phone is registered, without a desktop to say so
 * @param wrapUp time for notes after a talk; zero for none
 * @param skills what he can do and how well, from 1 to 10
 * @param devices what he can be rung on
 */
public record PersonPlan(
        AgentId id,
        Extension extension,
        String name,
        boolean phoneOnly,
        Duration wrapUp,
        NavigableMap<String, Integer> skills,
        Devices devices) {

    /** Somebody of no particular skill, with one phone, which is registered as his extension. */
    public PersonPlan(
            AgentId id, Extension extension, String name, boolean phoneOnly, Duration wrapUp) {
        this(
                id,
                extension,
                name,
                phoneOnly,
                wrapUp,
                Collections.emptyNavigableMap(),
                Devices.phone(extension));
    }

    public PersonPlan {
        skills = Collections.unmodifiableNavigableMap(new TreeMap<>(skills));
        if (wrapUp.isNegative()) {
            throw new IllegalArgumentException("wrap-up cannot be negative");
        }
    }

    /** The same with other skills. */
    public PersonPlan skilled(NavigableMap<String, Integer> other) {
        return new PersonPlan(id, extension, name, phoneOnly, wrapUp, other, devices);
    }

    /** The same with other devices. */
    public PersonPlan equipped(Devices other) {
        return new PersonPlan(id, extension, name, phoneOnly, wrapUp, skills, other);
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
