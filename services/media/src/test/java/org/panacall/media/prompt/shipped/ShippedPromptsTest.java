// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt.shipped;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.media.prompt.PromptName;

class ShippedPromptsTest {

    @TempDir Path directory;

    private byte[] put(String file) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.readAllBytes(Files.writeString(path, file));
    }

    @Test
    void theTenantsOwnAreListedByIdAndLanguageAndNothingElse() throws IOException {
        // Given
        put("demo/uk/greeting.wav");
        var music = put("demo/ru/music/waiting.wav");
        put("demo/ru/greeting.wav");
        put("demo/ru/greeting.txt");
        put("demo/ru/.hidden.wav");
        put("demo/stray.wav");
        put("other/ru/closed.wav");
        var shipped = new ShippedPrompts(directory);

        // Then
        assertEquals(
                List.of("greeting ru", "greeting uk", "music/waiting ru"),
                shipped.all("demo").stream()
                        .map(name -> name.id() + " " + name.language())
                        .toList());
        assertArrayEquals(
                music, shipped.wave(new PromptName("demo", "ru", "music/waiting")).orElseThrow());
        assertTrue(shipped.wave(new PromptName("demo", "en", "greeting")).isEmpty());
        assertEquals(List.of(), shipped.all("nobody"));
        assertThrows(IllegalArgumentException.class, () -> shipped.all("../other"));
    }
}
