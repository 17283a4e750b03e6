// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Directories that others may pass through without looking around, whatever the umask: when the
 * launcher is root, PostgreSQL runs as nobody below them.
 */
public final class Passable {

    private Passable() {}

    /** Makes a directory with all above it; one that exists stays as it is. */
    public static void create(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            create(directory.getParent());
            Files.createDirectory(directory);
            var passable = PosixFilePermissions.fromString("rwx--x--x");
            Files.setPosixFilePermissions(directory, passable);
        }
    }
}
