// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * What is known of one supervised process; also kept in a file, where {@code make status} reads it.
 *
 * @param pid 0 while there is no process
 * @param startTime tells the process from a later one with the same pid; see {@link ProcessTable}
 * @param restarts deaths that were not asked for
 * @param ports as people write them: {@code 5060/udp 5060}
 * @param health the page that was asked, or what else counts as healthy
 */
public record ChildStatus(
        Identity identity, Phase phase, int restarts, String ports, String health) {

    /** Where a process is in its life. */
    public enum Phase {
        /** Others must be ready first. */
        WAITING,
        STARTING,
        READY,
        /** Was ready and is alive, but does not answer well. */
        FAILING,
        /** Died; will be started again. */
        DEAD,
        STOPPED;

        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Name on the platform and, while there is a process, its pid and the time it began. */
    public record Identity(String name, long pid, String startTime) {

        /** Whether that very process lives, not a later one that got the same pid. */
        public boolean isAlive() {
            return pid != 0 && ProcessTable.startTime(pid).filter(startTime::equals).isPresent();
        }
    }

    public String name() {
        return identity.name();
    }

    public void write(Path directory) throws IOException {
        var properties = new Properties();
        properties.setProperty("pid", Long.toString(identity.pid()));
        properties.setProperty("startTime", identity.startTime());
        properties.setProperty("phase", phase.name());
        properties.setProperty("restarts", Integer.toString(restarts));
        properties.setProperty("ports", ports);
        properties.setProperty("health", health);
        Files.createDirectories(directory);
        // Whoever reads meanwhile sees the old file or the new one, never half of one.
        var fresh = directory.resolve(name() + ".new");
        try (var writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        Files.move(
                fresh,
                fileIn(directory, name()),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** Forgets what an earlier launcher wrote. */
    public static void clear(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, "*.properties")) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What was last written of a process, if anything. */
    public static Optional<ChildStatus> read(Path directory, String name) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(fileIn(directory, name))) {
            properties.load(reader);
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        }
        var pid = Long.parseLong(properties.getProperty("pid"));
        return Optional.of(
                new ChildStatus(
                        new Identity(name, pid, properties.getProperty("startTime")),
                        Phase.valueOf(properties.getProperty("phase")),
                        Integer.parseInt(properties.getProperty("restarts")),
                        properties.getProperty("ports"),
                        properties.getProperty("health")));
    }

    private static Path fileIn(Path directory, String name) {
        return directory.resolve(name + ".properties");
    }
}
