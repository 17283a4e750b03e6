// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.media.node.MediaNode;

/** Callers are listened to when it is configured; what is wrong with that keeps nobody away. */
class EarsTest {

    @TempDir Path directory;

    private Ears ears(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("panacall.data-directory", directory.toString());
        var config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 500, new DurationConverter())
                        .withMapping(MediaConfig.class)
                        .withSources(new PropertiesConfigSource(all, "test", 500))
                        .build()
                        .getConfigMapping(MediaConfig.class);
        return Ears.of(config.media().listen(), (leg, notice) -> {});
    }

    private static Optional<Map<String, Object>> told(Ears ears) {
        var node = new MediaNode((leg, notice) -> {}, new MediaNode.Bounds(1, 1));
        return new MediaReadiness(node, ears).call().getData();
    }

    @Test
    void usuallyNobodyIsListenedTo() {
        try (var ears = ears(Map.of())) {
            assertTrue(ears.listeners().isEmpty());
            assertEquals("", ears.fault());
            assertTrue(told(ears).isEmpty());
        }
    }

    @Test
    void aFolderThatIsNoneIsToldByReadinessAndLeavesTheKeys() {
        // Given
        var models = directory.resolve("gone");

        // When
        try (var ears = ears(Map.of("panacall.media.listen.models", models.toString()))) {

            // Then
            var fault = "there is no folder of models " + models;
            assertTrue(ears.listeners().isEmpty());
            assertEquals(Map.of("listening", fault), told(ears).orElseThrow());
        }
    }

    @Test
    void theEngineListensForModelsThatAreNotThere() {
        var settings =
                Map.of(
                        "panacall.media.listen.models",
                        directory.resolve("gone").toString(),
                        "panacall.media.listen.http.url",
                        "http://127.0.0.1:9/recognise");
        try (var ears = ears(settings)) {
            assertTrue(ears.listeners().isPresent());
            assertTrue(ears.http().isPresent());
            assertTrue(told(ears).isPresent());
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedAtTheStart() {
        var settings = Map.of("panacall.media.listen.http.url", "ftp://127.0.0.1/recognise");
        assertThrows(IllegalArgumentException.class, () -> ears(settings));
    }
}
