// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.id.QueueId;

/** How long one more caller would wait in a queue, as far as that can be told. */
public interface ExpectedWait {

    /** Nobody tells. */
    ExpectedWait UNKNOWN = (queue, now) -> Optional.empty();

    /** Empty while there is no trustworthy prediction. */
    Optional<Duration> of(QueueId queue, Instant now);
}
