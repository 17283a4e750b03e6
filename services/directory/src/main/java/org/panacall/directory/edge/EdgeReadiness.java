// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.edge;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the edge knows the phones' credentials, so that no phone of a platform that calls
 * itself ready is turned away. An edge that stays away holds nobody up for longer than the
 * patience.
 */
@Readiness
@ApplicationScoped
public class EdgeReadiness implements HealthCheck {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private volatile long waitingSince;
    private volatile boolean waiting;

    /** Credentials are to be pushed. */
    public void expect() {
        waitingSince = System.nanoTime();
        waiting = true;
    }

    /** The edge has them. */
    public void pushed() {
        waiting = false;
    }

    @Override
    public HealthCheckResponse call() {
        boolean ready = !waiting || System.nanoTime() - waitingSince > PATIENCE_NANOS;
        return HealthCheckResponse.named("edge").status(ready).build();
    }
}
