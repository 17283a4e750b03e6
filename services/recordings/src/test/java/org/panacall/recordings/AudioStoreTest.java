// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.recordings.audio.AudioStore;
import org.panacall.recordings.audio.DirectoryStore;
import org.panacall.recordings.audio.S3Store;

/**
 * What every store does. S3 is asked where PANACALL_TEST_S3 names a server,
 * "http://127.0.0.1:4568", with the bucket panacall-recordings and the key S3RVER, S3RVER.
 */
class AudioStoreTest {

    @TempDir Path directory;

    @Test
    void aDirectoryKeepsAndForgets() throws IOException {
        try (var store = new DirectoryStore(directory.resolve("audio"))) {
            keepsAndForgets(store);
            assertThrows(IllegalArgumentException.class, () -> store.open("../../etc/passwd"));
        }
    }

    @Test
    void aBucketKeepsAndForgets() throws IOException {
        var server = System.getenv("PANACALL_TEST_S3");
        Assumptions.assumeTrue(server != null, "no server of S3");
        try (var store = new S3Store(new Own(Optional.of(server)))) {
            keepsAndForgets(store);
        }
    }

    /** A server of one's own. */
    private record Own(Optional<String> endpoint) implements RecordingsConfig.S3 {

        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public String bucket() {
            return "panacall-recordings";
        }

        @Override
        public Optional<String> accessKey() {
            return Optional.of("S3RVER");
        }

        @Override
        public Optional<String> secretKey() {
            return accessKey();
        }

        @Override
        public boolean pathStyle() {
            return true;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }
    }

    private void keepsAndForgets(AudioStore store) throws IOException {
        // Given
        var name = UUID.randomUUID().toString();
        var bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        var file = directory.resolve("arriving");
        Files.write(file, bytes);

        // When
        store.put(name, file);

        // Then
        try (var kept = store.open(name)) {
            assertArrayEquals(bytes, kept.readAllBytes());
        }
        store.delete(name);
        store.delete(name);
        assertThrows(IOException.class, () -> store.open(name));
        assertFalse(Files.exists(directory.resolve(name)));
    }
}
