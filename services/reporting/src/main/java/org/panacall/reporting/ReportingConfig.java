// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Every setting of reporting, with its default. */
@ConfigMapping(prefix = "panacall")
public interface ReportingConfig {

    /** NATS. */
    Nats nats();

    /** What is reporting's own. */
    Reporting reporting();

    /** Where traces of calls go. */
    Otlp otlp();

    /** Where traces of calls go. */
    interface Otlp {

        /**
         * Address of a collector, OTLP over HTTP: {@code http://collector:4318}; none: no traces.
         */
        Optional<String> endpoint();

        /** Share of calls, 0 to 1, whose traces are sent. */
        @WithDefault("1")
        double sampling();
    }

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

        /** What a record may lag behind for the sake of fewer transactions. */
        @WithDefault("200ms")
        Duration gather();

        /** Questions about callers who wait, at once; one more is refused. */
        @WithDefault("100")
        int lookups();
    }
}
