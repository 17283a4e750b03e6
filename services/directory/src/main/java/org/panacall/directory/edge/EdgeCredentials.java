// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.edge;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.panacall.directory.DirectoryConfig;
import org.panacall.directory.people.PeopleStore;

/**
 * Keeps the edge's table of phones' credentials as the database has it: "user@domain" → HA1.
 *
 * <p>A marker key holds the version that was pushed last. It is written last and lost when the edge
 * restarts, so a marker that is missing or old says that all has to be pushed, whoever forgot it.
 * One thread.
 */
public final class EdgeCredentials {

    static final String TABLE = "ha1";
    static final String MARKER = "__version";
    private static final Logger LOG = Logger.getLogger(EdgeCredentials.class);

    private final EdgeRpc edge;
    private final PeopleStore people;
    private final DirectoryConfig config;
    private final MeterRegistry metrics;
    private final AtomicLong pushedVersion;
    private boolean away;

    public EdgeCredentials(PeopleStore people, DirectoryConfig config, MeterRegistry metrics) {
        this.people = people;
        this.config = config;
        this.metrics = metrics;
        pushedVersion = metrics.gauge("panacall.directory.edge.version", new AtomicLong());
        edge =
                new EdgeRpc(
                        config.edge().rpcUrl().orElseThrow(),
                        config.edge().rpcToken().orElseThrow(),
                        config.directory().timeout());
    }

    /** Pushes if the edge does not have this version; whether it has it now. */
    public boolean bringTo(long version) throws InterruptedException {
        try {
            if (!edge.get(TABLE, MARKER).equals(java.util.Optional.of(marker(version)))) {
                push();
            }
            if (away) {
                LOG.info("the edge is back");
            }
            away = false;
            return true;
        } catch (IOException fault) {
            metrics.counter("panacall.directory.edge.failures").increment();
            if (!away) {
                LOG.warnf("phones' credentials not pushed, trying on: %s", fault.getMessage());
            }
            away = true;
            return false;
        }
    }

    private void push() throws IOException, InterruptedException {
        var accounts = people.phoneAccounts().await().atMost(config.directory().timeout());
        var stale = edge.keys(TABLE);
        stale.remove(MARKER);
        stale.removeAll(accounts.ha1ByAddress().keySet());
        for (var account : accounts.ha1ByAddress().entrySet()) {
            edge.set(TABLE, account.getKey(), account.getValue());
        }
        for (var address : stale) {
            edge.delete(TABLE, address);
        }
        edge.set(TABLE, MARKER, marker(accounts.version()));
        pushedVersion.set(accounts.version());
        LOG.infof(
                "%d phones' credentials pushed to the edge, %d stale ones deleted",
                accounts.ha1ByAddress().size(), stale.size());
    }

    /** Not a bare number, which the edge would hand back as one. */
    private static String marker(long version) {
        return "v" + version;
    }
}
