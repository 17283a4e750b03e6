// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.launcher.plan.PlatformSettings;

/** What services are told of each other and of the servers below them. */
class AddressesTest {

    @TempDir Path home;

    @Test
    void givenServersAreUsedInsteadOfOurOwn() throws IOException {
        // Given
        var settings =
                settings(
                        Map.of(
                                "PANACALL_POSTGRES_URL", "postgresql://clinic:word@db:5433/calls",
                                "PANACALL_NATS_URL", "nats://bus:4222"));

        // When
        var source = new Addresses(settings).dataSource("own");

        // Then
        assertEquals("jdbc:postgresql://db:5433/calls", source.get("QUARKUS_DATASOURCE_JDBC_URL"));
        assertEquals("clinic", source.get("QUARKUS_DATASOURCE_USERNAME"));
        assertEquals("word", source.get("QUARKUS_DATASOURCE_PASSWORD"));
        assertEquals("nats://bus:4222", new Addresses(settings).nats());
    }

    @Test
    void everyReplicaIsAmongTheAddresses() throws IOException {
        // Given
        var settings =
                settings(
                        Map.of(
                                "PANACALL_REPLICAS", "sip-ingress=2, media=3",
                                "PANACALL_PORT_OFFSET", "100"));

        // When
        var addresses = new Addresses(settings).services();

        // Then
        assertEquals(
                "127.0.0.1:9110,127.0.0.1:9111", addresses.get("PANACALL_SIP_INGRESS_ADDRESSES"));
        assertEquals(
                "127.0.0.1:9120,127.0.0.1:9121,127.0.0.1:9122",
                addresses.get("PANACALL_MEDIA_ADDRESSES"));
        assertEquals("127.0.0.1:5180", addresses.get("PANACALL_EDGE_SIP_ADDRESS"));
    }

    private PlatformSettings settings(Map<String, String> variables) throws IOException {
        Files.createDirectories(home.resolve("services"));
        var all = new HashMap<>(Map.of("PANACALL_HOME", home.toString()));
        all.putAll(variables);
        return PlatformSettings.of(all);
    }
}
