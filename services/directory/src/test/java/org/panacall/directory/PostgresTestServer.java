// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.panacall.simkit.PostgresServer;

/** A real PostgreSQL for the tests of this module, with the demo clinic as seed. */
public class PostgresTestServer implements QuarkusTestResourceLifecycleManager {

    private PostgresServer server;

    @Override
    public Map<String, String> start() {
        server = PostgresServer.start();
        return Map.of(
                "quarkus.datasource.username",
                PostgresServer.USER,
                "quarkus.datasource.password",
                PostgresServer.PASSWORD,
                "quarkus.datasource.jdbc.url",
                "jdbc:" + server.url(),
                "quarkus.datasource.reactive.url",
                server.url(),
                "panacall.seed.file",
                "src/main/demo/clinic.yaml",
                "panacall.directory.password-iterations",
                "1000",
                "panacall.directory.change-poll",
                "50ms",
                "panacall.directory.edge-poll",
                "50ms");
    }

    @Override
    public void stop() {
        server.close();
    }
}
