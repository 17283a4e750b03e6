// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.panacall.media.node.MediaNode;

/**
 * Ready when the sockets are bound, the media threads run and their code is warm. That callers
 * cannot be listened to is told, and keeps nobody away.
 */
@Readiness
@ApplicationScoped
public class MediaReadiness implements HealthCheck {

    private final MediaNode node;
    private final Ears ears;

    @Inject
    MediaReadiness(MediaNode node, Ears ears) {
        this.node = node;
        this.ears = ears;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("media").status(node.ready());
        if (!ears.fault().isEmpty()) {
            response.withData("listening", ears.fault());
        }
        return response.build();
    }
}
