// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import org.panacall.desktop.access.Caller;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;

/** Who may do with contacts what cannot be undone, or concerns very many of them. */
final class ContactKeepers {

    private ContactKeepers() {}

    static Caller keeper(Caller caller) {
        if (!caller.administers() && !caller.roles().contains("integrator")) {
            throw new Problem(
                    ProblemKind.NOT_ALLOWED, "This is for administrators and other systems.");
        }
        return caller;
    }
}
