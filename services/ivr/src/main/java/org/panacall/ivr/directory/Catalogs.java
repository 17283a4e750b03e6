// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import java.nio.file.Path;
import java.util.Optional;
import org.panacall.defaults.ConfigurationSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.SnapshotReader;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.proto.directory.v1.Configuration;

/** The configuration as directory tells it, or as it last did. */
public final class Catalogs implements AutoCloseable {

    private final SnapshotReader<Configuration> snapshots;
    private final KnownFlows known = new KnownFlows();
    private volatile Optional<Catalog> newest = Optional.empty();

    /** Reads what is kept in the data directory, then follows directory at that address. */
    public Catalogs(Peers peers, String directory, Path dataDirectory) {
        var source = new ConfigurationSource(peers, directory, Ids.next("reader"));
        snapshots = source.follow(dataDirectory.resolve("configuration.bin"), this::take);
    }

    private void take(Configuration configuration) {
        newest = Optional.of(CatalogReader.read(configuration, known));
    }

    /** Empty until directory was reached for the first time. */
    public Optional<Catalog> newest() {
        return newest;
    }

    @Override
    public void close() {
        snapshots.close();
    }
}
