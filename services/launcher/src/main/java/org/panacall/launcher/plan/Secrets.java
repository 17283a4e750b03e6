// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets of this copy, made once and kept in files that only their owner can read. */
public record Secrets(Path directory) {

    private static final int BYTES = 32;

    public String serviceToken() throws IOException {
        return secret("service-token");
    }

    public String edgeRpcToken() throws IOException {
        return secret("edge-rpc-token");
    }

    public String webrtcSecret() throws IOException {
        return secret("webrtc-secret");
    }

    public String databasePassword() throws IOException {
        return secret("database-password");
    }

    /** Encrypts phones' credentials in the database. */
    public String directorySecret() throws IOException {
        return secret("directory-secret");
    }

    /** Seals recordings on media's disk. */
    public String spoolKey() throws IOException {
        return secret("spool-key");
    }

    /** Wraps the keys of recordings. */
    public String recordingsKey() throws IOException {
        return secret("recordings-key");
    }

    private String secret(String name) throws IOException {
        var file = directory.resolve(name);
        if (Files.notExists(file)) {
            var owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
            var bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            var ownerReads = PosixFilePermissions.fromString("rw-------");
            var fresh = directory.resolve(name + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(ownerReads));
            Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            Files.move(fresh, file);
        }
        return Files.readString(file).strip();
    }
}
