// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.StringValue;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotReaderTest {

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<StreamObserver<StringValue>> streams =
            new LinkedBlockingQueue<>();

    private SnapshotReader<StringValue> reader(Path file) {
        return new SnapshotReader<>(
                file,
                StringValue.parser(),
                (known, observer) -> streams.add(observer),
                snapshot -> heard.add(snapshot.getValue()));
    }

    private StreamObserver<StringValue> subscribed() throws InterruptedException {
        var stream = streams.poll(10, TimeUnit.SECONDS);
        assertTrue(stream != null, "no subscription");
        return stream;
    }

    @Test
    void theLastGoodSnapshotOutlivesARestart(@TempDir Path directory) throws Exception {
        // Given
        var file = directory.resolve("deep/last.bin");
        try (var reader = reader(file)) {
            subscribed().onNext(StringValue.of("first"));
            assertEquals(Optional.of(StringValue.of("first")), reader.last());
        }
        heard.clear();
        // When: the other service is away.
        try (var restarted = reader(file)) {
            // Then
            assertEquals("first", heard.poll());
            assertEquals(Optional.of(StringValue.of("first")), restarted.last());
        }
    }

    @Test
    void aBrokenStreamIsAskedForAgain(@TempDir Path directory) throws Exception {
        // Given
        try (var reader = reader(directory.resolve("last.bin"))) {
            var stream = subscribed();
            stream.onNext(StringValue.of("one"));
            assertEquals("one", heard.poll());
            // When
            stream.onError(Status.UNAVAILABLE.asRuntimeException());
            // Then
            subscribed().onNext(StringValue.of("two"));
            assertEquals("two", heard.poll());
            assertEquals(Optional.of(StringValue.of("two")), reader.last());
        }
    }

    @Test
    void aSnapshotThatCannotBeUsedDoesNotEndTheStream(@TempDir Path directory) throws Exception {
        // Given
        var reader =
                new SnapshotReader<>(
                        directory.resolve("last.bin"),
                        StringValue.parser(),
                        (known, observer) -> streams.add(observer),
                        snapshot -> heard.add(used(snapshot.getValue())));
        try (reader) {
            var stream = subscribed();
            // When
            stream.onNext(StringValue.of("nonsense"));
            stream.onNext(StringValue.of("sense"));
            // Then
            assertEquals("sense", heard.poll());
        }
    }

    @Test
    void whoCannotAskAsksAgain(@TempDir Path directory) throws Exception {
        // Given
        var refused = new java.util.concurrent.atomic.AtomicInteger(3);
        var reader =
                new SnapshotReader<>(
                        directory.resolve("last.bin"),
                        StringValue.parser(),
                        (known, observer) -> {
                            if (refused.getAndDecrement() > 0) {
                                throw new IllegalStateException("too many peers");
                            }
                            streams.add(observer);
                        },
                        snapshot -> heard.add(snapshot.getValue()));
        // Then
        try (reader) {
            subscribed().onNext(StringValue.of("there"));
            assertEquals("there", heard.poll());
        }
    }

    private static String used(String snapshot) {
        if (snapshot.equals("nonsense")) {
            throw new IllegalArgumentException(snapshot);
        }
        return snapshot;
    }

    @Test
    void aTornFileIsIgnored(@TempDir Path directory) throws Exception {
        // Given
        var file = directory.resolve("last.bin");
        Files.write(file, new byte[] {10, 100, 1});
        // When
        try (var reader = reader(file)) {
            // Then
            assertTrue(reader.last().isEmpty());
            subscribed().onNext(StringValue.of("fresh"));
            assertEquals("fresh", heard.poll());
        }
    }
}
