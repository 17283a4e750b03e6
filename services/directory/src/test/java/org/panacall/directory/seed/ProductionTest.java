// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.directory.DirectoryConfig;

/** What a production start refuses, before it touches the database. */
class ProductionTest {

    @Test
    void theDefaultSecretIsRefused() {
        // Given
        var seeding = new Seeding(null, config(Map.of("panacall.production", "true")));

        // When
        var fault = assertThrows(IllegalStateException.class, seeding::run);

        // Then
        assertTrue(fault.getMessage().contains("panacall.directory.secret"));
    }

    @Test
    void demoPasswordsAndTokensAreRefusedOneByOne() {
        // Given
        var seeding =
                new Seeding(
                        null,
                        config(
                                Map.of(
                                        "panacall.production", "true",
                                        "panacall.directory.secret", "a secret of our own",
                                        "panacall.seed.file", "src/main/demo/clinic.yaml")));

        // When
        var refused = assertThrows(SeedRefused.class, seeding::run);

        // Then
        assertTrue(refused.getMessage().contains("people[0].password: is a demo password"));
        assertTrue(refused.getMessage().contains("people[12].password"));
        assertTrue(refused.getMessage().contains("apiTokens[0].token: is a demo token"));
    }

    private static DirectoryConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DirectoryConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(DirectoryConfig.class);
    }
}
