// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.panacall.media.node.MediaNode;

/** Ready when the sockets are bound, the media threads run and their code is warm. */
@Readiness
@ApplicationScoped
public class MediaReadiness implements HealthCheck {

    private final MediaNode node;

    @Inject
    MediaReadiness(MediaNode node) {
        this.node = node;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("media").status(node.ready()).build();
    }
}
