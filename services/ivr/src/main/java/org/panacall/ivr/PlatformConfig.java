// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where the others are. */
@ConfigMapping(prefix = "panacall")
public interface PlatformConfig {

    /** Where events go. */
    NatsConfig nats();

    /** Who knows the flows. */
    DirectoryConfig directory();

    /** Who holds the calls. */
    SipIngressConfig sipIngress();

    /** Who knows who talked with whom. */
    ReportingConfig reporting();

    /** Who keeps messages. */
    RecordingsConfig recordings();

    /** Our gRPC. */
    GrpcConfig grpc();

    /** Settings of our gRPC. */
    interface GrpcConfig {

        /** What others call us by, "host:port". */
        @WithDefault("${quarkus.http.host}:${quarkus.http.port}")
        String advertisedAddress();
    }

    /** Settings of NATS. */
    interface NatsConfig {

        /** One address, or several with commas between them. */
        String url();
    }

    /** Settings of directory. */
    interface DirectoryConfig {

        /** gRPC, "host:port". */
        String address();
    }

    /** Settings of reporting. */
    interface ReportingConfig {

        /** gRPC addresses with commas; the first that answers will do. */
        @WithDefault("127.0.0.1:9050")
        String addresses();
    }

    /** Settings of recordings. */
    interface RecordingsConfig {

        /** gRPC addresses with commas; the first that answers will do. */
        @WithDefault("127.0.0.1:9060")
        String addresses();
    }

    /** Settings of sip-ingress. */
    interface SipIngressConfig {

        /** gRPC addresses with commas; watched from the start. Others are when a call comes. */
        Optional<String> addresses();
    }
}
