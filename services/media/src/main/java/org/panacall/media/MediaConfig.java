// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of this service. */
@ConfigMapping(prefix = "panacall", namingStrategy = ConfigMapping.NamingStrategy.KEBAB_CASE)
public interface MediaConfig {

    RtpConfig rtp();

    PromptsConfig prompts();

    NodeConfig media();

    DirectoryConfig directory();

    RecordingsConfig recordings();

    /** Private, writable; spoken texts and audio are kept below it. */
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

    /** Where tenants' own prompts come from. */
    interface DirectoryConfig {

        /** Host and port of its gRPC. */
        @WithDefault("127.0.0.1:9000")
        String address();

        /** For fetching one prompt's audio. */
        @WithDefault("5s")
        Duration timeout();
    }

    /** Where recordings go, and come from when somebody listens to one. */
    interface RecordingsConfig {

        /** Host and port of each instance's gRPC, with commas between them. */
        @WithDefault("127.0.0.1:9060")
        String addresses();

        /** For one recording to come, shorter than the patience for prompts. */
        @WithDefault("5s")
        Duration timeout();

        /** A longer one is not played. */
        @WithDefault("10m")
        Duration longest();

        /** Recordings in memory, in bytes; when there is no room one is not played. */
        @WithDefault("67108864")
        long bytes();

        /** Coming at the same time; others wait. */
        @WithDefault("4")
        int loads();
    }

    /** Stored prompts. */
    interface PromptsConfig {

        /** Holds tenant/language/id.wav. */
        @WithDefault("prompts")
        Path directory();

        /** Audio of tenants kept on disk, in bytes. */
        @WithDefault("536870912")
        long diskBytes();

        /** A tone is played for a prompt that is not there after so long. */
        @WithDefault("6s")
        Duration patience();

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

        ListenConfig listen();

        RecordingConfig recording();
    }

    /** Recordings on their way to the service recordings. */
    interface RecordingConfig {

        /**
         * Seals them on disk: secrets of 16 characters or more, with commas between them, the
         * newest first. None: nothing is recorded.
         */
        Optional<String> key();

        /** Kept on disk at most, in bytes; then nothing more is recorded. */
        @WithDefault("1073741824")
        long diskBytes();

        /** Recorded at the same time. */
        @WithDefault("500")
        int atOnce();

        /** For one recording to be taken. */
        @WithDefault("60s")
        Duration timeout();

        /** After a failure, before it is tried again. */
        @WithDefault("2s")
        Duration pause();
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

        HttpSpeechConfig http();
    }

    /** An engine for speech behind HTTP; the program speaks when there is none, or it fails. */
    interface HttpSpeechConfig {

        /** The only address that is ever asked. */
        Optional<URI> url();

        /** It speaks these, without regions; all when absent. */
        Optional<List<String>> languages();

        /** For one text. */
        @WithDefault("3s")
        Duration timeout();

        /** Longest answer. */
        @WithDefault("8388608")
        int bytes();

        /** Texts it is asked for at once. */
        @WithDefault("8")
        int requests();
    }

    /** What callers say to menus. Nobody is listened to without models and without an engine. */
    interface ListenConfig {

        /** Holds a model of Vosk for each language, in a folder of its name: "ru". */
        Optional<Path> models();

        HttpListenConfig http();

        /** Legs that are listened to at the same time; on others only keys count. */
        @WithDefault("100")
        int atOnce();

        /** Utterances that are recognised at the same time. */
        @WithDefault("2")
        int threads();

        /** Utterances that wait for that. */
        @WithDefault("20")
        int waiting();

        /** What is said is cut off then. */
        @WithDefault("6s")
        Duration longest();
    }

    /** An engine behind HTTP that recognises what models don't. */
    interface HttpListenConfig {

        /** The only address that is ever asked. */
        Optional<URI> url();

        /** It knows these, without regions; all when absent. */
        Optional<List<String>> languages();

        /** For one utterance. */
        @WithDefault("3s")
        Duration timeout();

        /** Longest answer. */
        @WithDefault("65536")
        int bytes();

        /** Utterances it is asked for at once. */
        @WithDefault("8")
        int requests();
    }
}
