// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.events.EventReaders;

/** Starts the desktop. It is ready when it knows the tenants; all else it asks when it is asked. */
@ApplicationScoped
@Readiness
public class DesktopApp implements HealthCheck {

    private final DirectoryClient directory;
    private final EventReaders events;

    DesktopApp(DirectoryClient directory, EventReaders events) {
        this.directory = directory;
        this.events = events;
    }

    void start(@Observes StartupEvent started) {
        directory.start();
        events.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        events.stop();
        directory.stop();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("configuration").status(directory.isReady()).build();
    }
}
