// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The start-up cache of a service's JVM: its classes, loaded and linked, and how its methods ran
 * (JEP 483, 514, 515). A run writes it when it ends; later ones begin where that one was warm.
 *
 * <p>Its name holds what it was made of: the jars' names, sizes and times, the JDK and the options.
 * So a stale one is never asked for. The JVM checks once more, says so in the log and goes on
 * without when anything differs.
 */
record AotCache(Path file) {

    private static final int KEY_BYTES = 8;

    /** Those of other builds and options that stay beside the newest one. */
    private static final int OTHERS_KEPT = 2;

    static AotCache of(Path application, List<String> options) throws IOException {
        var made = new StringBuilder(System.getProperty("java.vm.version"));
        made.append('\n').append(System.getProperty("java.home")).append('\n').append(options);
        for (var jar : jars(application)) {
            made.append('\n').append(jar);
            made.append(' ').append(Files.size(jar));
            made.append(' ').append(Files.getLastModifiedTime(jar).toMillis());
        }
        var directory = application.resolveSibling("aot");
        return new AotCache(directory.resolve(key(made.toString()) + ".aot"));
    }

    /** The JVM writes the beginning last, so it is missing when that was cut short. */
    boolean isComplete() throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            var magic = ByteBuffer.allocate(Integer.BYTES);
            return channel.read(magic) == Integer.BYTES && magic.getInt(0) != 0;
        } catch (NoSuchFileException notMade) {
            return false;
        }
    }

    /** A damaged one is found out at the price of some milliseconds, and not used. */
    List<String> use() {
        return List.of("-XX:AOTCache=" + file, "-XX:+VerifySharedSpaces");
    }

    /** Options by which a run makes it; there is room for it then, and no remains of others. */
    List<String> train() throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        try (var others = Files.list(file.getParent())) {
            for (var old : others.sorted(newestFirst()).skip(OTHERS_KEPT).toList()) {
                Files.delete(old);
            }
        }
        // Classes that cannot be kept are many and say nothing.
        return List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot=error");
    }

    private static Comparator<Path> newestFirst() {
        return Comparator.<Path>comparingLong(path -> path.toFile().lastModified()).reversed();
    }

    private static List<Path> jars(Path application) throws IOException {
        try (Stream<Path> files = Files.walk(application)) {
            return files.filter(path -> path.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String key(String made) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(made.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
