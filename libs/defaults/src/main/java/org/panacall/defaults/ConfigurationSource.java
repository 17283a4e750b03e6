// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc.DirectoryServiceStub;
import org.panacall.proto.directory.v1.NoteConfigurationRequest;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

/**
 * Where the configuration comes from. Here rather than in each service: all that use this module
 * know the contracts, and this module knows gRPC.
 *
 * @param directory address of directory
 * @param reader a name of whoever reads, nobody else's
 */
public record ConfigurationSource(Peers peers, String directory, String reader) {

    /**
     * Follows the configuration, and tells directory which one is in use: an edit is answered then
     * (decision 48).
     *
     * @param file where the last good one is kept
     */
    public SnapshotReader<Configuration> follow(Path file, Consumer<Configuration> listener) {
        return new SnapshotReader<>(
                file, Configuration.parser(), this::watch, listener, this::used);
    }

    private void watch(Optional<Configuration> known, StreamObserver<Configuration> observer) {
        stub().watchConfiguration(
                        WatchConfigurationRequest.newBuilder()
                                .setReaderId(reader)
                                .setKnownVersion(known.map(Configuration::getVersion).orElse(0L))
                                .build(),
                        observer);
    }

    private void used(Configuration snapshot) {
        stub().noteConfiguration(
                        NoteConfigurationRequest.newBuilder()
                                .setReaderId(reader)
                                .setVersion(snapshot.getVersion())
                                .build(),
                        Reply.ignored());
    }

    private DirectoryServiceStub stub() {
        return DirectoryServiceGrpc.newStub(peers.channel(directory));
    }
}
