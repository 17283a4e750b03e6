// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.smallrye.config.ConfigMapping;
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

    /** Settings of sip-ingress. */
    interface SipIngressConfig {

        /** gRPC addresses with commas; watched from the start. Others are when a call comes. */
        Optional<String> addresses();
    }
}
