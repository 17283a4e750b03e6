// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import java.util.List;

/**
 * Somebody of the clinic, and what he may listen to.
 *
 * @param mailboxes his own and those of the queues that he works in; one at least
 * @param seesNumbers whole telephone numbers, where others know a part of them
 */
public record Owner(Listener listener, List<String> mailboxes, boolean seesNumbers) {

    public Owner {
        mailboxes = List.copyOf(mailboxes);
        if (mailboxes.isEmpty()) {
            throw new IllegalArgumentException("everybody has a mailbox of his own");
        }
    }
}
