// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every setting of acd, with its default. */
@ConfigMapping(prefix = "panacall")
public interface AcdConfig {

    /** Name of this process, unique within the service. */
    String instance();

    /** Where the last good configuration is kept. */
    @WithName("data-directory")
    Path dataDirectory();

    Nats nats();

    Directory directory();

    @WithName("sip-ingress")
    SipIngresses sipIngress();

    Edge edge();

    Grpc grpc();

    Own acd();

    /** Where journals and leases are. */
    interface Nats {
        String url();
    }

    /** Where the configuration comes from. */
    interface Directory {
        String address();
    }

    /** Who holds calls. */
    interface SipIngresses {

        /** gRPC addresses, with commas between them; others are learnt from their calls. */
        Optional<String> addresses();
    }

    /** Who knows which phones are registered. */
    interface Edge {

        /** Addresses of the edges' JSON-RPC, with commas between them. */
        @WithName("rpc-url")
        Optional<String> rpcUrl();

        /** Bearer token of the RPC. */
        @WithName("rpc-token")
        Optional<String> rpcToken();
    }

    /** Our gRPC. */
    interface Grpc {

        /** What others call us by, "host:port". */
        @WithName("advertised-address")
        @WithDefault("${panacall.grpc.host}:${panacall.grpc.port}")
        String advertisedAddress();
    }

    /** What is acd's own. */
    interface Own {

        /** Calls of one tenant at most. */
        @WithDefault("20000")
        int calls();

        /** Commands of one tenant that may wait; one more is refused at once. */
        @WithName("mailbox-capacity")
        @WithDefault("10000")
        int mailboxCapacity();

        /** Turns between two snapshots of a tenant. */
        @WithName("snapshot-every")
        @WithDefault("2000")
        int snapshotEvery();

        /** How often we look at what the leader of a tenant has journaled, to follow him soon. */
        @WithName("follow-every")
        @WithDefault("1s")
        Duration followEvery();

        /** An answer that is not durable by then is UNAVAILABLE, so that callers fall back. */
        @WithName("answer-within")
        @WithDefault("900ms")
        Duration answerWithin();

        Effects effects();

        Rings rings();

        Guards guards();

        Overflows overflows();

        Watching watching();

        Registrations registrations();
    }

    /** Orders to sip-ingress. */
    interface Effects {

        /** Orders that may wait or run at once. */
        @WithDefault("20000")
        int capacity();

        /** How long one try may take. */
        @WithDefault("2s")
        Duration timeout();

        /** Tries before an order is given up. */
        @WithDefault("3")
        int tries();
    }

    /** What keeps an overflowing call from going round. */
    interface Overflows {

        /** How often it may come to one queue. */
        @WithDefault("2")
        int visits();

        /** Actions that are tried for it in all. */
        @WithDefault("12")
        int steps();

        /** How long a spoken reason may last. */
        @WithDefault("30s")
        Duration announcement();

        /** How long a call that a flow has is remembered. */
        @WithName("handed-over")
        @WithDefault("1h")
        Duration handedOver();
    }

    /** How long phones ring that no queue has a rule for. */
    interface Rings {

        /** A person called by his extension. */
        @WithDefault("15s")
        Duration person();

        /** An agent's own phone when he places a call. */
        @WithName("placing-agent")
        @WithDefault("30s")
        Duration placingAgent();

        /** The number that he calls. */
        @WithDefault("60s")
        Duration number();
    }

    /** What keeps lost words and odd phones from doing harm. */
    interface Guards {

        /** Added to each ring before we give up by ourselves. */
        @WithDefault("3s")
        Duration ring();

        /** How long an agent is left in peace after an offer that he missed. */
        @WithDefault("2s")
        Duration pause();

        /** How long an agent hears that his number is not to be had. */
        @WithDefault("4s")
        Duration telling();

        /** How long the last word on a call may take. */
        @WithDefault("10s")
        Duration forget();

        /** How long a call may be listed by no sip-ingress, while another one adopts it. */
        @WithDefault("5s")
        Duration missing();

        /** Added to each registration, as phones refresh at the last moment. */
        @WithDefault("5s")
        Duration lease();

        /** How long a caller may hear that he will be called back. */
        @WithDefault("20s")
        Duration goodbye();
    }

    /** How we listen to sip-ingress. */
    interface Watching {

        /** After that long without its stream, the calls of a sip-ingress are taken for lost. */
        @WithName("lost-after")
        @WithDefault("10s")
        Duration lostAfter();

        /** How often our view of its calls is compared with its own. */
        @WithName("reconcile-every")
        @WithDefault("30s")
        Duration reconcileEvery();

        /** Instances watched at most; calls of further ones are not taken. */
        @WithDefault("64")
        int instances();
    }

    /** How we learn which phones are registered. */
    interface Registrations {

        /** How often all of them are read. */
        @WithName("read-every")
        @WithDefault("10s")
        Duration readEvery();

        /** How long a reading may take. */
        @WithDefault("3s")
        Duration timeout();
    }
}
