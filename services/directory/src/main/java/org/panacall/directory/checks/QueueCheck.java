// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import org.panacall.proto.directory.v1.Queue;

/** One rule that a queue's definition must keep. A new field brings its own. */
interface QueueCheck {

    /**
     * Adds what is wrong.
     *
     * @param around the tenant as it would be with this queue
     */
    void check(Queue queue, Surroundings around, Faults faults);
}
