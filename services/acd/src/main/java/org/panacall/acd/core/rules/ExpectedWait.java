// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.panacall.acd.core.call.QueuedCall;

/** How long a caller who stands in line is going to wait still, as far as that can be told. */
public interface ExpectedWait {

    /** Nobody tells. */
    ExpectedWait UNKNOWN = (call, now) -> Optional.empty();

    /** Empty while there is no trustworthy prediction. */
    Optional<Duration> of(QueuedCall call, Instant now);
}
