// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioStoreTest {

    @TempDir Path directory;

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    private byte[] fetch(String tenantId, String hash) throws IOException {
        asked.incrementAndGet();
        var bytes = kept.get(hash);
        if (bytes == null) {
            throw new IOException("the audio is gone");
        }
        return bytes;
    }

    private AudioStore store(long bytesMax) throws IOException {
        return new AudioStore(directory, this::fetch, bytesMax);
    }

    private String keep(int value) throws Exception {
        var bytes = new byte[100];
        bytes[0] = (byte) value;
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        kept.put(hash, bytes);
        return hash;
    }

    @Test
    void aRecordingIsFetchedOnceThoughManyAskAtOnce() throws Exception {
        // Given
        var hash = keep(1);
        var store = store(1000);

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<byte[]>>();
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> store.get("demo", hash)));
            }
            for (var answer : answers) {
                assertArrayEquals(kept.get(hash), answer.get());
            }
        }

        // Then
        assertEquals(1, asked.get());
        assertEquals(1, store.fetched());
    }

    @Test
    void theOnesUsedLongestAgoGoWhenThereIsNoRoom() throws Exception {
        // Given
        var store = store(300);
        var hashes = List.of(keep(1), keep(2), keep(3));
        for (int i = 0; i < hashes.size(); i++) {
            store.get("demo", hashes.get(i));
            var file = directory.resolve(hashes.get(i) + ".wav");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * (i + 1)));
        }
        store.get("demo", hashes.get(0));

        // When
        store.get("demo", keep(4));

        // Then
        assertTrue(store.has(hashes.get(0)));
        assertFalse(store.has(hashes.get(1)));
        assertEquals(300, store.bytes());
        assertEquals(1, store.dropped());
    }

    @Test
    void whatIsTornIsFetchedAnewAndHalfFilesGo() throws Exception {
        // Given
        var hash = keep(1);
        Files.write(directory.resolve(hash + ".wav"), new byte[50]);
        Files.write(directory.resolve("audio123.new"), new byte[50]);

        // When
        var bytes = store(1000).get("demo", hash);

        // Then
        assertArrayEquals(kept.get(hash), bytes);
        assertFalse(Files.exists(directory.resolve("audio123.new")));
    }

    @Test
    void whatIsNotWhatWasAskedForIsNotKept() throws Exception {
        // Given
        var hash = keep(1);
        kept.put(hash, new byte[7]);
        var store = store(1000);

        // When, Then
        assertThrows(IOException.class, () -> store.get("demo", hash));
        assertFalse(store.has(hash));
        assertEquals(1, store.failures());
        assertThrows(IOException.class, () -> store.get("demo", "../../etc/passwd"));
        assertEquals(1, asked.get());
    }
}
