// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import java.util.List;

/**
 * What waits for somebody.
 *
 * @param messages new ones, the oldest first
 */
public record Mailbox(Listener listener, List<Message> messages) {

    /** Nothing, for nobody. */
    public static final Mailbox EMPTY = new Mailbox(new Listener("", ""), List.of());

    public Mailbox {
        messages = List.copyOf(messages);
    }
}
