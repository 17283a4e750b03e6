// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import org.panacall.ivr.core.outside.Errand;

/** Looks for the messages of whoever rings from his own phone. */
public record OpenMailbox() implements Errand {

    /** Exit when the phone is nobody's. */
    public static final String UNKNOWN = "unknown";

    @Override
    public String word() {
        return "messages";
    }
}
