// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Optional;
import org.panacall.defaults.Peers;
import org.panacall.defaults.Reply;
import org.panacall.defaults.SnapshotReader;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.NoteConfigurationRequest;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

/** The configuration as directory tells it, or as it last did. */
public final class Catalogs implements AutoCloseable {

    private final Peers peers;
    private final String reader = Ids.next("reader");
    private final String directory;
    private final SnapshotReader<Configuration> snapshots;
    private final KnownFlows known = new KnownFlows();
    private volatile Optional<Catalog> newest = Optional.empty();

    /** Reads what is kept in the data directory, then follows directory at that address. */
    public Catalogs(Peers peers, String directory, Path dataDirectory) {
        this.peers = peers;
        this.directory = directory;
        this.snapshots =
                new SnapshotReader<>(
                        dataDirectory.resolve("configuration.bin"),
                        Configuration.parser(),
                        this::subscribe,
                        configuration ->
                                newest = Optional.of(CatalogReader.read(configuration, known)),
                        this::used);
    }

    /** Empty until directory was reached for the first time. */
    public Optional<Catalog> newest() {
        return newest;
    }

    private void subscribe(Optional<Configuration> known, StreamObserver<Configuration> observer) {
        var version = known.map(Configuration::getVersion).orElse(0L);
        DirectoryServiceGrpc.newStub(peers.channel(directory))
                .watchConfiguration(
                        WatchConfigurationRequest.newBuilder()
                                .setKnownVersion(version)
                                .setReaderId(reader)
                                .build(),
                        observer);
    }

    /** Directory tells whoever edits that it is so now. */
    private void used(Configuration snapshot) {
        DirectoryServiceGrpc.newStub(peers.channel(directory))
                .noteConfiguration(
                        NoteConfigurationRequest.newBuilder()
                                .setReaderId(reader)
                                .setVersion(snapshot.getVersion())
                                .build(),
                        Reply.ignored());
    }

    @Override
    public void close() {
        snapshots.close();
    }
}
