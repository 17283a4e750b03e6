// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A real PostgreSQL for the tests of one module, with the demo clinic as seed. */
public class PostgresServer implements QuarkusTestResourceLifecycleManager {

    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        var address = "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
        return Map.of(
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "quarkus.datasource.jdbc.url", "jdbc:" + address,
                "quarkus.datasource.reactive.url", address,
                "panacall.seed.file", "src/main/demo/clinic.yaml",
                "panacall.directory.password-iterations", "1000",
                "panacall.directory.change-poll", "50ms",
                "panacall.directory.edge-poll", "50ms");
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
