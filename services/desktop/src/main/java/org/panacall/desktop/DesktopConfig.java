// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting of the desktop, with its default. */
@ConfigMapping(prefix = "panacall")
public interface DesktopConfig {

    /** NATS. */
    Nats nats();

    /** directory. */
    Peer directory();

    /** sip-ingress. */
    Instances sipIngress();

    /** acd. */
    AcdInstances acd();

    /** ivr. */
    IvrInstances ivr();

    /** reporting. */
    ReportingInstances reporting();

    /** media. */
    MediaInstances media();

    /** recordings. */
    RecordingsInstances recordings();

    /** The SIP edge. */
    Edge edge();

    /** What is the desktop's own. */
    Desktop desktop();

    /** NATS. */
    interface Nats {

        /** One address, or several with commas between them. */
        String url();
    }

    /** A service with one address. */
    interface Peer {

        /** Host and port of its gRPC. */
        String address();
    }

    /** Instances of sip-ingress. */
    interface Instances {

        /** Host and port of each, with commas between them. */
        @WithDefault("127.0.0.1:9010")
        String addresses();
    }

    /** Instances of acd. */
    interface AcdInstances {

        /** Host and port of each, with commas between them. */
        @WithDefault("127.0.0.1:9040")
        String addresses();
    }

    /** Instances of ivr. */
    interface IvrInstances {

        /** Host and port of each, with commas between them. */
        @WithDefault("127.0.0.1:9030")
        String addresses();
    }

    /** Instances of reporting. */
    interface ReportingInstances {

        /** Host and port of each, with commas between them. */
        @WithDefault("127.0.0.1:9050")
        String addresses();
    }

    /** Instances of media. */
    interface MediaInstances {

        /** Host and port of each, with commas between them. */
        @WithDefault("127.0.0.1:9020")
        String addresses();
    }

    /** Instances of recordings. */
    interface RecordingsInstances {

        /** Host and port of each, with commas between them. */
        @WithDefault("127.0.0.1:9060")
        String addresses();
    }

    /** The SIP edge. */
    interface Edge {

        /** Signs the credentials of browser phones; none: browsers get no phone. */
        Optional<String> webrtcSecret();

        /** Host and port where Kamailio speaks SIP over WebSocket. */
        @WithDefault("127.0.0.1:5066")
        String websocketAddress();
    }

    /** What is the desktop's own. */
    interface Desktop {

        /** Signs sessions; the same in all instances. None: one is made and kept on disk. */
        Optional<String> sessionSecret();

        /** How long a session and the credentials of its browser phone are good. */
        @WithDefault("12h")
        Duration sessionLifetime();

        /** How long an answer about an API token is believed. */
        @WithDefault("30s")
        Duration tokenMemory();

        /** Longest wait for another service. */
        @WithDefault("3s")
        Duration timeout();

        /** Origins besides our own from which browsers may open WebSockets. */
        Optional<List<String>> origins();

        /** Readers of the event WebSocket at once; one more is turned away. */
        @WithDefault("2000")
        int eventReaders();

        /** Events that may wait for a slow reader; then it is closed. */
        @WithDefault("256")
        int eventBuffer();

        /** Browser phones tunnelled at once; one more is turned away. */
        @WithDefault("2000")
        int phones();

        /** Between pings of a browser phone; one that has not answered by the next is closed. */
        @WithDefault("20s")
        Duration phonePing();
    }
}
