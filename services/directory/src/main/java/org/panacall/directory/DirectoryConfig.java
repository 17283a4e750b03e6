// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every setting of the directory, with its default. */
@ConfigMapping(prefix = "panacall")
public interface DirectoryConfig {

    /** The secret that {@link Directory#secret()} has when nobody chose one. */
    String DEFAULT_SECRET = "demo-directory-secret";

    /** A production start refuses demo secrets. */
    @WithDefault("false")
    boolean production();

    /** Where a tenant is loaded from when the database does not have it. */
    Seed seed();

    /** The SIP edge. */
    Edge edge();

    /** What is the directory's own. */
    Directory directory();

    /** The seed file. */
    interface Seed {

        /** YAML, documented in src/main/demo/clinic.yaml; none: nothing is loaded. */
        Optional<Path> file();
    }

    /** Where phones' credentials are pushed to. */
    interface Edge {

        /** JSON-RPC address of Kamailio; none: nothing is pushed. */
        @WithName("rpc-url")
        Optional<URI> rpcUrl();

        /** Bearer token of that address; needed where there is one. */
        @WithName("rpc-token")
        Optional<String> rpcToken();
    }

    /** What is the directory's own. */
    interface Directory {

        /** Encrypts phones' credentials in the database; at least 16 characters. */
        @WithDefault(DEFAULT_SECRET)
        String secret();

        /** PBKDF2-HMAC-SHA512 iterations of new password hashes. */
        @WithDefault("210000")
        int passwordIterations();

        /** How often the database is asked for a new version of the configuration. */
        @WithDefault("500ms")
        Duration changePoll();

        /** Readers of the configuration stream at once; one more is refused. */
        @WithDefault("256")
        int watchers();

        /** Queues that a tenant may have. */
        @WithDefault("10000")
        int queues();

        /** Prompts that a tenant may have, each language by itself. */
        @WithDefault("2000")
        int prompts();

        /** Versions of a prompt that are kept, besides the one that is heard. */
        @WithDefault("30")
        int promptVersions();

        /** Uploads of audio. */
        Audio audio();

        /** Patients and others. */
        Contacts contacts();

        /** Wrong passwords a minute for one user from one address. */
        @WithDefault("5")
        int failuresPerAddress();

        /** Wrong passwords a minute for one user from all addresses. */
        @WithDefault("30")
        int failuresPerUser();

        /** How often the edge is asked whether it still knows the phones' credentials. */
        @WithDefault("1s")
        Duration edgePoll();

        /** Longest wait for an answer of the edge or the database. */
        @WithDefault("5s")
        Duration timeout();
    }

    /** Patients and others. */
    interface Contacts {

        /** Contacts that a tenant may have. */
        @WithDefault("1000000")
        long most();

        /** Look-ups for callers at once; one more is refused. */
        @WithDefault("200")
        int lookups();

        /** Imports at once; one more is refused. */
        @WithDefault("2")
        int imports();

        /** Longest file of an import. */
        @WithDefault("20971520")
        int fileBytes();

        /** Contacts in a file. */
        @WithDefault("200000")
        int fileLines();
    }

    /** Uploads of audio, and how they are converted. */
    interface Audio {

        /** ffmpeg. */
        @WithDefault("ffmpeg")
        String program();

        /** For one upload. */
        @WithDefault("30s")
        Duration timeout();

        /** Programs running at once. */
        @WithDefault("2")
        int processes();

        /** Uploads in memory at once; one more is refused. */
        @WithDefault("8")
        int uploads();

        /** Longest upload. */
        @WithDefault("20971520")
        int bytes();

        /** Longest audio. */
        @WithDefault("10m")
        Duration duration();
    }
}
