// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.defaults.Reply;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.TestChannel;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DeleteNumberRequest;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.KeptNumber;
import org.panacall.proto.directory.v1.NoteConfigurationRequest;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.NumbersServiceGrpc;
import org.panacall.proto.directory.v1.PutNumberRequest;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;
import org.panacall.simkit.Eventually;

/** An edit is answered when readers work by it. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class EditsInForceTest {

    private static final String NUMBER = "+74950000776";

    @Inject GrpcServer grpc;
    @Inject MeterRegistry metrics;

    private final Context.CancellableContext reading = Context.current().withCancellation();
    private final String name = UUID.randomUUID().toString();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong used = new AtomicLong();
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = TestChannel.to(grpc.port());
    }

    @AfterEach
    void forget() {
        reading.cancel(null);
        NumbersServiceGrpc.newBlockingStub(channel)
                .deleteNumber(
                        DeleteNumberRequest.newBuilder().setEdit(edit()).setNumber(NUMBER).build());
        channel.shutdownNow();
    }

    private static Edit edit() {
        return Edit.newBuilder().setTenantId("demo").setAuthor("admin").build();
    }

    private KeptNumber put() {
        var number = Number.newBuilder().setNumber(NUMBER).setEcho(true);
        return NumbersServiceGrpc.newBlockingStub(channel)
                .putNumber(PutNumberRequest.newBuilder().setEdit(edit()).setNumber(number).build())
                .getNumber();
    }

    private double late() {
        return metrics.counter("panacall.directory.failures", "round", "use").count();
    }

    /**
     * @param says what it works by
     */
    private void read(boolean says) {
        reading.run(
                () ->
                        DirectoryServiceGrpc.newStub(channel)
                                .watchConfiguration(
                                        WatchConfigurationRequest.newBuilder()
                                                .setReaderId(name)
                                                .build(),
                                        reader(says)));
        Eventually.isTrue("the reader is there", () -> told.get() > 0);
    }

    private StreamObserver<Configuration> reader(boolean says) {
        return new StreamObserver<>() {
            @Override
            public void onNext(Configuration next) {
                told.set(next.getVersion());
                if (says) {
                    used.set(next.getVersion());
                    DirectoryServiceGrpc.newStub(channel)
                            .noteConfiguration(
                                    NoteConfigurationRequest.newBuilder()
                                            .setReaderId(name)
                                            .setVersion(next.getVersion())
                                            .build(),
                                    Reply.ignored());
                }
            }

            @Override
            public void onError(Throwable over) {
                // It is cancelled.
            }

            @Override
            public void onCompleted() {
                // Nothing more comes.
            }
        };
    }

    @Test
    void whatIsAnsweredIsUsed() {
        // Given
        read(true);
        var before = late();

        // When
        var kept = put();

        // Then
        assertTrue(used.get() >= kept.getRevision());
        assertEquals(before, late());
    }

    @Test
    void whoDoesNotSayThatHeUsesItIsNotWaitedForForEver() {
        // Given
        read(false);
        var before = late();

        // When
        var kept = put();

        // Then
        assertTrue(kept.getRevision() > 0);
        assertEquals(before + 1, late());
    }
}
