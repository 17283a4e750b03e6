// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.panacall.sipingress.core.b2bua.SipIngress;

/** Ready while the core answers and takes new calls; without NATS, ivr or acd it still does. */
@Readiness
@jakarta.enterprise.context.ApplicationScoped
class SipReadiness implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final IngressShard shard;

    SipReadiness(IngressShard shard) {
        this.shard = shard;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .completionStage(() -> shard.ask(SipIngress::takesCalls))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(false)
                .map(ready -> HealthCheckResponse.named("calls").status(ready).build());
    }
}
