// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of this service. */
@ConfigMapping(prefix = "panacall", namingStrategy = ConfigMapping.NamingStrategy.KEBAB_CASE)
public interface MediaConfig {

    RtpConfig rtp();

    PromptsConfig prompts();

    NodeConfig media();

    /** Private, writable; spoken texts are kept in "speech" below it. */
    Path dataDirectory();

    /** Sockets. */
    interface RtpConfig {

        /** Ports of this node, "24000-24999"; "0" lets the system choose. */
        @WithDefault("24000-24999")
        String ports();

        /** Where the sockets are bound. */
        @WithDefault("127.0.0.1")
        String address();

        /** What parties are told; the bound address when absent. */
        Optional<String> advertisedAddress();

        /** Pairs of ports, each with a thread. More than one wants a core for each. */
        @WithDefault("1")
        int shards();
    }

    /** Stored prompts. */
    interface PromptsConfig {

        /** Holds tenant/language/id.wav. */
        @WithDefault("prompts")
        Path directory();

        /** Loaded prompts kept in memory, in bytes. */
        @WithDefault("67108864")
        long cacheBytes();
    }

    /** Limits and times. */
    interface NodeConfig {

        /** Legs beyond this are refused with NoCapacity. */
        @WithDefault("4000")
        int legs();

        /** Legs of one bridge. */
        @WithDefault("64")
        int bridgeLegs();

        /** Prompts of one play. */
        @WithDefault("32")
        int promptsPerPlay();

        /** Language of a prompt that names none. */
        @WithDefault("ru")
        String defaultLanguage();

        /** No packet for so long, though we should receive: AudioStopped. */
        @WithDefault("30s")
        Duration silenceLimit();

        /** A leg that never got settings is closed after this. */
        @WithDefault("5m")
        Duration unconfiguredLimit();

        /** A leg without any packet or rpc is closed after this. */
        @WithDefault("1h")
        Duration idleLimit();

        /** Notices kept for each sip-ingress to resume from. */
        @WithDefault("10000")
        int noticesKept();

        /** Before this node says it is ready it exercises its code for at most so long. */
        @WithDefault("5s")
        Duration warmUp();

        /** At the end legs may be moved to other nodes for so long. */
        @WithDefault("3s")
        Duration drainTimeout();

        SpeechConfig speech();
    }

    /** Text to speech. */
    interface SpeechConfig {

        @WithDefault("espeak-ng")
        String program();

        /** For one text. */
        @WithDefault("5s")
        Duration timeout();

        /** Programs running at once. */
        @WithDefault("2")
        int processes();

        /** Spoken texts kept on disk. */
        @WithDefault("2000")
        int files();
    }
}
