// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every setting of sip-ingress, with its default. */
@ConfigMapping(prefix = "panacall")
public interface SipIngressConfig {

    /** Name of this process, unique within the service; the edge finds us by it. */
    String instance();

    /** Where the last good dial plan is kept. */
    @WithName("data-directory")
    Path dataDirectory();

    Sip sip();

    Edge edge();

    Peers media();

    Peers ivr();

    Peers acd();

    Directory directory();

    Nats nats();

    Grpc grpc();

    @WithName("sip-ingress")
    Own own();

    /** Our SIP. */
    interface Sip {

        /** Our UDP address, a numeric IP and a port. */
        @WithDefault("127.0.0.1:5090")
        String address();
    }

    /** The edge. */
    interface Edge {

        /** The edge's internal SIP address: where our INVITEs go and what our Contact names. */
        @WithName("sip-address")
        @WithDefault("127.0.0.1:5080")
        String sipAddress();

        /**
         * HTTP of the edge's rtpengine, "host:port", whose restart we have to notice; with a path
         * where Kamailio tells of it, "host:port/relay"; empty: nobody looks.
         */
        @WithName("relay-address")
        Optional<String> relayAddress();

        /**
         * Who may send us SIP: addresses, blocks (10.0.0.0/8) and names, with commas between them;
         * none: the host of {@code sip-address}.
         */
        @WithName("sip-sources")
        Optional<String> sipSources();

        /** JSON-RPC address of Kamailio, which is told whose heir we are; none: it is not told. */
        @WithName("rpc-url")
        Optional<URI> rpcUrl();

        /** Bearer token of that address. */
        @WithName("rpc-token")
        @WithDefault("")
        Optional<String> rpcToken();
    }

    /** Where a service is. */
    interface Peers {

        /** gRPC addresses, with commas between them. */
        @WithDefault("")
        Optional<String> addresses();
    }

    /** Where the configuration comes from. */
    interface Directory {
        String address();
    }

    /** Where events go. */
    interface Nats {
        String url();
    }

    /** Our gRPC. */
    interface Grpc {

        /** What others call us by, "host:port". */
        @WithName("advertised-address")
        @WithDefault("${panacall.grpc.host}:${panacall.grpc.port}")
        String advertisedAddress();
    }

    /** What is sip-ingress's own. */
    interface Own {

        /** Callers who may wait for our answer at once; beyond it 503. */
        @WithDefault("400")
        int setups();

        /** The window in which calls are let in. */
        AdmissionWindow admission();

        /** What is done for callers while acd is away. */
        KeptCalls keeping();

        /** Commands that may wait for the core. */
        @WithName("mailbox-capacity")
        @WithDefault("10000")
        int mailboxCapacity();

        /** Turns that may wait for NATS. */
        @WithName("checkpoint-capacity")
        @WithDefault("20000")
        int checkpointCapacity();

        /** From one message to NATS to the next, at least. */
        @WithName("checkpoint-pace")
        @WithDefault("20ms")
        Duration checkpointPace();

        /** Events of one message to NATS. */
        @WithName("checkpoint-events")
        @WithDefault("100")
        int checkpointEvents();

        /** Requests to other services that may run or wait at once. */
        @WithName("requests")
        @WithDefault("20000")
        int requests();

        /** How long ivr may take to accept a call. */
        @WithName("controller-timeout")
        @WithDefault("2s")
        Duration controllerTimeout();

        /** How long acd may; long enough for another leader to take over. */
        @WithName("queue-patience")
        @WithDefault("5s")
        Duration queuePatience();

        /** How long a controller may be away before its calls get their fallback. */
        @WithName("controller-grace")
        @WithDefault("10s")
        Duration controllerGrace();

        /** How long one request to media may take. */
        @WithName("media-timeout")
        @WithDefault("1s")
        Duration mediaTimeout();

        /** How long who was told BYE may keep his call's end from its controller. */
        @WithName("clear-patience")
        @WithDefault("500ms")
        Duration clearPatience();

        /** A media node without a connection for that long is taken for lost. */
        @WithName("media-patience")
        @WithDefault("500ms")
        Duration mediaPatience();

        /** Calls that may be on their way to another media node at once. */
        @WithName("reanchors-at-once")
        @WithDefault("50")
        int reanchorsAtOnce();

        /** How long a party's answer to our re-INVITE may keep other calls waiting. */
        @WithName("reanchor-patience")
        @WithDefault("2s")
        Duration reanchorPatience();

        /** Between two attempts to move a call, and between two re-INVITEs that were refused. */
        @WithName("reanchor-pause")
        @WithDefault("500ms")
        Duration reanchorPause();

        /** How long calls may be without a media node before they end. */
        @WithName("media-grace")
        @WithDefault("10s")
        Duration mediaGrace();

        /**
         * Talks, flows and echoes of which nobody sends anything end so long after AudioStopped.
         */
        @WithName("silence-limit")
        @WithDefault("60s")
        Duration silenceLimit();

        /** The same for who waits in a queue, for a person or for a number. */
        @WithName("waiting-silence-limit")
        @WithDefault("5m")
        Duration waitingSilenceLimit();

        /** No call lasts longer. */
        @WithName("call-limit")
        @WithDefault("4h")
        Duration callLimit();

        /** How long our own announcements may take. */
        @WithName("apology-limit")
        @WithDefault("20s")
        Duration apologyLimit();

        /** How long numbers that phones dial may ring. */
        @WithName("ring-timeout")
        @WithDefault("60s")
        Duration ringTimeout();

        /** What held parties hear. */
        @WithName("music-prompt")
        @WithDefault("music/waiting")
        String musicPrompt();

        /** Notices kept for a controller that is away. */
        @WithName("notice-buffer")
        @WithDefault("10000")
        int noticeBuffer();

        /** At the end, calls may finish for that long; then they are hung up. */
        @WithName("drain-timeout")
        @WithDefault("5s")
        Duration drainTimeout();
    }

    /** What is done for callers while acd is away. */
    interface KeptCalls {

        /** Callers who are kept at once; beyond it they get the apology. */
        @WithDefault("1000")
        int calls();

        /** How long one is kept; then he gets the apology. */
        @WithDefault("10m")
        Duration limit();

        /** From acd's failing to answer until it is asked again. */
        @WithName("ask-pace")
        @WithDefault("2s")
        Duration askPace();

        /** How long an agent's phone is rung when the queue does not say. */
        @WithName("ring-for")
        @WithDefault("15s")
        Duration ringFor();

        /** A phone that was rung in vain rests for it; twice as long each time, up to 8 times. */
        @WithName("ring-pause")
        @WithDefault("5s")
        Duration ringPause();
    }

    /** How the admission window moves between its least and {@code setups}. */
    interface AdmissionWindow {

        /** It never shrinks below. */
        @WithDefault("16")
        int least();

        /** It begins with. */
        @WithDefault("32")
        int first();

        /** A longer wait for us counts as slow. */
        @WithDefault("600ms")
        Duration target();

        /** From one look at the waits to the next. */
        @WithDefault("500ms")
        Duration interval();
    }
}
