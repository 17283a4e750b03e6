// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** A real PostgreSQL that can be taken away and brought back with its data. */
public class PostgresServer implements QuarkusTestResourceLifecycleManager {

    private static PostgresServer current;

    private Path data;
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            data = Files.createTempDirectory("postgres");
            postgres = builder().start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        current = this;
        var address = "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        return Map.of(
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "quarkus.datasource.jdbc.url", "jdbc:" + address);
    }

    /** Does something while there is no database. */
    public static void without(Runnable what) throws IOException {
        var port = current.postgres.getPort();
        current.postgres.close();
        what.run();
        current.postgres = current.builder().setPort(port).start();
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("store"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off");
    }

    @Override
    public void stop() {
        try (var files = Files.walk(data)) {
            postgres.close();
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
