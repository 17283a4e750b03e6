// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting that is ivr's own. */
@ConfigMapping(prefix = "ivr")
public interface IvrConfig {

    /** Runs at once; one more is refused, and sip-ingress asks another instance. */
    @WithDefault("10000")
    int runs();

    /** Steps a run may enter; past it the caller goes to the fallback queue. */
    @WithDefault("500")
    int steps();

    /** Longest time of a run; past it the caller goes to the fallback queue. */
    @WithDefault("1h")
    Duration duration();

    /** Longest wait for our own answer to take effect. */
    @WithDefault("10s")
    Duration answerTimeout();

    /** Longest play; past it the run goes on as if it had ended. */
    @WithDefault("3m")
    Duration playTimeout();

    /** Longest wait for a new controller; longer than all attempts at a command together. */
    @WithDefault("15s")
    Duration handOverTimeout();

    /** Longest wait for a sip-ingress to say that it holds the call of a run. */
    @WithDefault("10s")
    Duration missingTimeout();

    /** How commands go to sip-ingress. */
    CommandsConfig commands();

    /** How what happens on calls comes from sip-ingress. */
    WatchConfig watch();

    /** What readers of events get. */
    EventsConfig events();

    /** What flows have done outside. */
    OutsideConfig outside();

    /** Errands of flows: requests and look-ups. */
    interface OutsideConfig {

        /** Errands under way in sum; one more fails at once. */
        @WithDefault("500")
        int pending();

        /** The same of one tenant, so that his dead server is not the others' matter. */
        @WithDefault("100")
        int tenantPending();

        /** Requests to servers of clinics. */
        HttpConfig http();
    }

    /** Requests of flows by HTTP. */
    interface HttpConfig {

        /**
         * Networks that may be asked besides the public Internet, as "10.20.0.0/16,fd12::/16";
         * those of the clinics' own servers.
         */
        Optional<List<String>> networks();

        /**
         * PEM file of authorities whose certificates are believed beside the machine's; a clinic's
         * own.
         */
        Optional<Path> authorities();

        /** Bytes of an answer; a longer one fails. */
        @WithDefault("65536")
        int answerMax();

        /** Failures in a row after which a server is passed over. */
        @WithDefault("5")
        int circuitFailures();

        /** For so long; then one request tries it. */
        @WithDefault("10s")
        Duration circuitPause();
    }

    /** Commands to sip-ingress. */
    interface CommandsConfig {

        /** Longest wait for one answer. */
        @WithDefault("3s")
        Duration timeout();

        /** Attempts while sip-ingress cannot be reached. */
        @WithDefault("3")
        int attempts();

        /** Commands under way in sum; one more fails at once, and its run takes its fallback. */
        @WithDefault("10000")
        int pending();
    }

    /** Streams of notices. */
    interface WatchConfig {

        /** sip-ingress instances watched at once. */
        @WithDefault("64")
        int addresses();

        /** First pause before a lost stream is asked for again; doubled up to the longest. */
        @WithDefault("100ms")
        Duration pauseMin();

        /** Longest such pause. */
        @WithDefault("2s")
        Duration pauseMax();

        /** An instance that was away for so long is not watched until a call comes from it. */
        @WithDefault("10m")
        Duration giveUpAfter();
    }

    /** Checkpoints in JetStream. */
    interface EventsConfig {

        /** Turns kept while NATS is away; past it the oldest are dropped and counted. */
        @WithDefault("10000")
        int buffer();

        /** From one message to NATS to the next, at least; turns that come thick share one. */
        @WithDefault("20ms")
        Duration pace();

        /** Events of one message to NATS. */
        @WithDefault("100")
        int messageEvents();

        /** Turns between two snapshots of what an heir must know. */
        @WithDefault("500")
        int snapshotEvery();

        /** Age at which events are dropped from the stream. Applies when it is created. */
        @WithDefault("7d")
        Duration maxAge();

        /** Size of the stream at which the oldest are dropped. Applies when it is created. */
        @WithDefault("1073741824")
        long maxBytes();

        /** Copies in a cluster of NATS servers. Applies when the stream is created. */
        @WithDefault("1")
        int replicas();
    }
}
