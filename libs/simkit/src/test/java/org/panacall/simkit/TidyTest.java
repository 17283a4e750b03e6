// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the whole repository to the rules of the house that files alone can show. */
class TidyTest {

    @TempDir Path tree;

    @Test
    void theRepositoryIsTidy() throws IOException {
        var faults = Tidy.faults(Tidy.rootOf(Path.of("")));

        assertTrue(faults.isEmpty(), () -> "\n" + String.join("\n", faults));
    }

    @Test
    void aFileWithoutLicenceWithALongLineAndAnEmptyNameHasThreeFaults() throws IOException {
        // Given
        Files.writeString(tree.resolve("CallManager.java"), "x".repeat(101) + "\n");

        // When
        var faults = Tidy.faults(tree);

        // Then
        assertEquals(3, faults.size(), faults::toString);
    }

    @Test
    void aSleepInProductionCodeIsAFaultAndInATestIsNot() throws IOException {
        // Given
        var sleep = "// SPDX-License-Identifier: Apache-2.0\nThread.sle" + "ep(1);\n";
        var main = Files.createDirectories(tree.resolve("src/main/java"));
        var test = Files.createDirectories(tree.resolve("src/test/java"));
        Files.writeString(main.resolve("A.java"), sleep);
        Files.writeString(test.resolve("B.java"), sleep);

        // When
        var faults = Tidy.faults(tree);

        // Then
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.getFirst().startsWith("src/main/java/A.java:2"));
    }
}
