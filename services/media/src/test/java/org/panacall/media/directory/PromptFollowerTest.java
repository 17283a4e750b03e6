// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.media.prompt.AudioStore;
import org.panacall.media.prompt.PromptIndex;
import org.panacall.proto.directory.v1.PublishedPrompt;
import org.panacall.proto.directory.v1.PublishedPrompts;
import org.panacall.proto.directory.v1.TenantPrompts;
import org.panacall.simkit.Eventually;

class PromptFollowerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir Path data;

    private final PromptIndex published = new PromptIndex();
    private final Peers peers =
            new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 4);
    private PlayedDirectory played;
    private Optional<PromptFollower> follower = Optional.empty();
    private AudioStore audio;

    @BeforeEach
    void start() throws IOException {
        played = new PlayedDirectory();
    }

    @AfterEach
    void stop() {
        follower.ifPresent(PromptFollower::close);
        played.close();
    }

    private void follow() throws IOException {
        follower.ifPresent(PromptFollower::close);
        var next = new PromptFollower(peers, played.address(), TIMEOUT, published);
        audio = new AudioStore(data.resolve("audio"), next, 10_000);
        next.start(data.resolve("prompts.pb"), audio);
        follower = Optional.of(next);
    }

    private String record(int length, int value) throws Exception {
        var bytes = new byte[length];
        bytes[0] = (byte) value;
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        played.audio.put(hash, bytes);
        return hash;
    }

    private void publish(long version, String hash, int bytes) {
        played.publish(
                PublishedPrompts.newBuilder()
                        .setVersion(version)
                        .addTenants(
                                TenantPrompts.newBuilder()
                                        .setTenantId("demo")
                                        .setLanguage("uk")
                                        .addPrompts(
                                                PublishedPrompt.newBuilder()
                                                        .setPromptId("greeting")
                                                        .setLanguage("ru")
                                                        .setText("text")
                                                        .setAudioHash(hash)
                                                        .setAudioBytes(bytes)))
                        .build());
    }

    @Test
    void recordingsComeBeforeAnybodyAsksForThemEvenWhenTheFirstTryFails() throws Exception {
        // Given
        var hash = record(2500, 1);
        played.failuresLeft = 1;
        publish(7, hash, 2500);

        // When
        follow();

        // Then
        Eventually.isTrue("the audio is here", () -> audio.has(hash));
        assertEquals(Optional.of("uk"), published.languageOf("demo"));
        assertArrayEquals(played.audio.get(hash), audio.get("demo", hash));
        assertEquals(1, played.fetched.get());
    }

    @Test
    void whatIsPublishedLaterComesToo() throws Exception {
        // Given
        follow();
        var hash = record(2500, 2);

        // When
        publish(8, hash, 2500);

        // Then
        Eventually.isTrue("the audio is here", () -> audio.has(hash));
    }

    @Test
    void withoutDirectoryWhatWasLastTellsIsStillThere() throws Exception {
        // Given
        var hash = record(2500, 3);
        publish(9, hash, 2500);
        follow();
        Eventually.isTrue("the audio is here", () -> audio.has(hash));
        Eventually.isTrue("the snapshot is kept", () -> Files.exists(data.resolve("prompts.pb")));
        played.close();
        published.set(java.util.Map.of());

        // When
        follow();

        // Then
        assertEquals(Optional.of("uk"), published.languageOf("demo"));
        assertEquals(2500, audio.get("demo", hash).length);
        assertThrows(IOException.class, () -> audio.get("demo", "0".repeat(64)));
    }

    @Test
    void whatFindsNoRoomIsLeftWhereItIs() throws Exception {
        // Given
        var large = record(20_000, 4);
        publish(10, large, 20_000);
        follow();

        // When
        var small = record(100, 5);
        publish(11, small, 100);

        // Then
        Eventually.isTrue("the small one is here", () -> audio.has(small));
        assertEquals(1, played.fetched.get());
    }
}
