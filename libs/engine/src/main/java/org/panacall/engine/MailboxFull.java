// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.util.concurrent.RejectedExecutionException;

/** The mailbox holds as many commands as it may. Ask again later. */
public final class MailboxFull extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    public MailboxFull(String engine) {
        super("the mailbox of " + engine + " is full");
    }
}
