// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;

/** How programs that refuse to run as root are run when the launcher is root: as nobody. */
final class Unprivileged {

    /** The numbers of nobody and its group on every Linux of note. */
    private static final int NOBODY = 65_534;

    private Unprivileged() {}

    /** Put before a command; empty when the launcher is not root. */
    static List<String> prefix() throws IOException {
        return isRoot()
                ? List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups")
                : List.of();
    }

    static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    /** Gives a directory with all in it to nobody. */
    static void give(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (var path : (Iterable<Path>) tree::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY, NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", NOBODY, NOFOLLOW_LINKS);
            }
        }
    }

    /** Whether nobody may pass through every directory above this one. */
    static boolean canReach(Path directory) throws IOException {
        for (var above = directory.toRealPath(); above != null; above = above.getParent()) {
            var others =
                    Files.getPosixFilePermissions(above)
                            .contains(PosixFilePermission.OTHERS_EXECUTE);
            if (!others) {
                return false;
            }
        }
        return true;
    }
}
