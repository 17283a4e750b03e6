// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Every setting of reporting, with its default. */
@ConfigMapping(prefix = "panacall")
public interface ReportingConfig {

    /** NATS. */
    Nats nats();

    /** What is reporting's own. */
    Reporting reporting();

    /** NATS. */
    interface Nats {

        /** One address, or several with commas between them. */
        String url();
    }

    /** What is reporting's own. */
    interface Reporting {

        /** Under this name JetStream remembers what has been written to the database. */
        @WithDefault("reporting")
        String durable();

        /** Longest wait for the database; then the events come again. */
        @WithDefault("10s")
        Duration timeout();
    }
}
