// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

/** The platform cannot start here, for a reason that the operator can remove; no bug of ours. */
public final class StartRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartRefusal(String whatToDo) {
        super(whatToDo);
    }

    StartRefusal(String whatToDo, Throwable cause) {
        super(whatToDo, cause);
    }
}
