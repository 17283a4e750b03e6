// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators may write into the environment, and what is made of it. */
class PlatformSettingsTest {

    @TempDir Path home;

    @BeforeEach
    void thePlatformHasServices() throws IOException {
        Files.createDirectory(home.resolve("services"));
    }

    @Test
    void withoutVariablesThePublishedDefaultsHold() {
        // When
        var settings = settings(Map.of());

        // Then
        assertEquals(home.resolve(".run"), settings.runDirectory());
        assertEquals(0, settings.ports().offset());
        assertEquals("16000-23999", settings.edgeRtpPorts().toString());
        assertEquals("24000-24999", settings.mediaRtpPorts().toString());
        assertEquals(1, settings.replicas().of(Service.MEDIA));
        assertTrue(settings.demo());
        assertTrue(settings.postgres().isEmpty());
        assertTrue(settings.nats().isEmpty());
    }

    @Test
    void aMovedCopyTakesTheSecondRtpRange() {
        // When
        var settings = settings(Map.of("PANACALL_PORT_OFFSET", "100"));

        // Then
        assertEquals("25000-30999", settings.edgeRtpPorts().toString());
        assertEquals("31000-31999", settings.mediaRtpPorts().toString());
    }

    @Test
    void aRunDirectoryMayLieAnywhere() {
        // When
        var settings = settings(Map.of("PANACALL_RUN_DIRECTORY", "/somewhere/else"));

        // Then
        assertEquals(Path.of("/somewhere/else"), settings.runDirectory());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PANACALL_PORT_OFFSET | 901",
                "PANACALL_PORT_OFFSET | -1",
                "PANACALL_PORT_OFFSET | many",
                "PANACALL_RTP_PORTS   | 25000",
                "PANACALL_RTP_PORTS   | 25000-33000",
                "PANACALL_RTP_PORTS   | 25001-31999",
                "PANACALL_RTP_PORTS   | 25000-25999",
                "PANACALL_REPLICAS    | media",
                "PANACALL_REPLICAS    | media=11",
                "PANACALL_REPLICAS    | directory=2",
                "PANACALL_REPLICAS    | nobody=1",
                "PANACALL_POSTGRES_URL | http://db/calls",
                "PANACALL_NATS_URL    | bus:4222",
                "PANACALL_HOME        | /nowhere",
            })
    void wrongValuesAreRefusedByName(String name, String value) {
        // When
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> settings(Map.of(name, value)));

        // Then
        var topic = name.equals("PANACALL_RTP_PORTS") ? "RTP" : name;
        assertTrue(refusal.getMessage().contains(topic), refusal.getMessage());
    }

    private PlatformSettings settings(Map<String, String> variables) {
        var all = new HashMap<>(Map.of("PANACALL_HOME", home.toString()));
        all.putAll(variables);
        return PlatformSettings.of(all);
    }
}
