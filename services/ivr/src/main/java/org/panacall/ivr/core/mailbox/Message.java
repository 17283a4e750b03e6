// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.mailbox;

import java.time.Duration;
import java.time.Instant;

/**
 * A message that waits for somebody.
 *
 * @param recording its id
 * @param number who left it, as the listener may know it, so that some of it may be "*"; empty when
 *     withheld
 */
public record Message(String recording, Instant at, String number, Duration length) {

    @Override
    public String toString() {
        return "Message[recording=" + recording + "]";
    }
}
