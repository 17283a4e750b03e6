// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;
import org.panacall.simkit.PostgresServer;

/** A real PostgreSQL for the tests of this module. */
public class PostgresTestServer implements QuarkusTestResourceLifecycleManager {

    private static PostgresServer server;

    @Override
    public Map<String, String> start() {
        server = PostgresServer.start();
        return Map.of(
                "quarkus.datasource.username", PostgresServer.USER,
                "quarkus.datasource.password", PostgresServer.PASSWORD,
                "quarkus.datasource.jdbc.url", "jdbc:" + server.url());
    }

    /** Does something while there is no database. */
    public static void without(Runnable what) throws IOException {
        server.without(what);
    }

    @Override
    public void stop() {
        server.close();
    }
}
