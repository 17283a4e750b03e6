// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import org.panacall.ivr.core.outside.Errand;

/** Makes something of a message. */
public record ChangeMessage(Listener by, String recording, Change change) implements Errand {

    /** What becomes of it. */
    public enum Change {
        HEARD,
        DELETED,
        RESTORED
    }

    @Override
    public String word() {
        return "message";
    }
}
