// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every setting of recordings, with its default. */
@ConfigMapping(prefix = "panacall")
public interface RecordingsConfig {

    /** NATS. */
    Nats nats();

    /** Private, writable; what is on its way lies below it, and audio when it is kept on disk. */
    Path dataDirectory();

    /** What is recordings' own. */
    Recordings recordings();

    /** NATS. */
    interface Nats {

        /** One address, or several with commas between them. */
        String url();
    }

    /** What is recordings' own. */
    interface Recordings {

        /**
         * Wraps the key of each recording: secrets of 16 characters or more, with commas between
         * them, the newest first. What was wrapped by one that is here no more is lost.
         */
        String masterKey();

        /** Where audio lies: "directory" or "s3". */
        @WithDefault("directory")
        String store();

        /** Of the store "directory"; below the data directory when absent. */
        Optional<Path> directory();

        /** Of the store "s3". */
        S3 s3();

        /** Messages are purged after this. */
        @WithDefault("90d")
        Duration voicemailRetention();

        /** Recordings of calls are purged after this. */
        @WithDefault("180d")
        Duration callRetention();

        /** What was deleted can be had back for so long. */
        @WithDefault("7d")
        Duration deletedRetention();

        /** Between looks for what is to be purged. */
        @WithDefault("10m")
        Duration purgeEvery();

        /** The longest one that is taken, in samples of one channel: two hours. */
        @WithDefault("57600000")
        int samples();

        /** Taken at the same time; one more is refused and comes again. */
        @WithDefault("16")
        int uploads();
    }

    /** A bucket of S3, or of what speaks like it. */
    interface S3 {

        /** Of a server of one's own, "https://s3.clinic.example"; Amazon's when absent. */
        Optional<String> endpoint();

        @WithDefault("us-east-1")
        String region();

        @WithDefault("panacall-recordings")
        String bucket();

        /** Both or none; without them they are looked for as Amazon's tools do. */
        Optional<String> accessKey();

        Optional<String> secretKey();

        /** The bucket is in the path, not in the host's name. */
        @WithDefault("true")
        boolean pathStyle();

        /** For one request. */
        @WithDefault("20s")
        Duration timeout();
    }
}
