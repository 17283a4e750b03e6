// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings that every service has. */
@ConfigMapping(prefix = "panacall", namingStrategy = ConfigMapping.NamingStrategy.KEBAB_CASE)
public interface DefaultsConfig {

    /** Name of this process, unique within its service: "acd-1". */
    String instance();

    /** Secret that services show each other; at least 16 characters. */
    String serviceToken();

    /** Directory of this process alone, for what must outlive a restart. Created when missing. */
    Path dataDirectory();

    /** How other services are called. */
    PeersConfig peers();

    /** Our own gRPC. */
    GrpcConfig grpc();

    /** Settings of {@link GrpcServer}. */
    interface GrpcConfig {

        /** Where we listen. */
        @WithDefault("127.0.0.1")
        String host();

        /** Our port; 0 lets the system choose. */
        @WithDefault("0")
        int port();

        /** Threads for all gRPC of this process, as a server and as a client. */
        @WithDefault("2")
        int threads();
    }

    /** Settings of {@link Peers}. */
    interface PeersConfig {

        /** Channels kept open at once; more addresses than that are a configuration error. */
        @WithDefault("256")
        int channels();

        /** A silent connection is probed after this time, so that a dead peer is noticed. */
        @WithDefault("10s")
        Duration keepAlive();
    }
}
