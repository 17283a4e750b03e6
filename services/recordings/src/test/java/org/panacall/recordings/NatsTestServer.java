// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.panacall.simkit.NatsServer;

/** A real nats-server for the tests of this module. */
public class NatsTestServer implements QuarkusTestResourceLifecycleManager {

    private NatsServer server;

    @Override
    public Map<String, String> start() {
        server = NatsServer.start();
        return Map.of("panacall.nats.url", server.url());
    }

    @Override
    public void stop() {
        server.close();
    }
}
