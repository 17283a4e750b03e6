// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start-up caches with real JVMs that run a very small program. */
class AotCacheTest {

    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx32m");
    private static final String FROM_CACHE = Hello.class.getName() + " source: shared objects file";

    @TempDir Path directory;
    private Path application;

    /** The program of the JVMs. */
    static final class Hello {
        private Hello() {}

        public static void main(String[] arguments) {
            System.out.println("hello");
        }
    }

    @BeforeEach
    void build() throws IOException {
        application = Files.createDirectory(directory.resolve("application"));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
        var entry = Hello.class.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(jar()), manifest);
                var code = Hello.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
    }

    @Test
    void aRunMakesTheCacheAndTheNextOneUsesIt() throws Exception {
        // Given
        var cache = AotCache.of(application, OPTIONS);
        assertFalse(cache.isComplete());
        run(cache.train());

        // When
        var printed = run(cache.use());

        // Then
        assertTrue(cache.isComplete());
        assertTrue(printed.contains(FROM_CACHE), printed);
    }

    @Test
    void aDamagedCacheIsNotUsedAndTheProgramRuns() throws Exception {
        // Given
        var cache = AotCache.of(application, OPTIONS);
        run(cache.train());
        try (var file = new RandomAccessFile(cache.file().toFile(), "rw")) {
            file.seek(file.length() / 2);
            int there = file.read();
            file.seek(file.length() / 2);
            file.write(~there);
        }

        // When
        var printed = run(cache.use());

        // Then
        assertTrue(printed.contains("hello"), printed);
        assertFalse(printed.contains(FROM_CACHE), printed);
    }

    @Test
    void aCacheCutShortIsNotTakenForOne() throws IOException {
        // Given
        var cache = AotCache.of(application, OPTIONS);
        cache.train();

        // When
        Files.write(cache.file(), new byte[1 << 16]);

        // Then
        assertFalse(cache.isComplete());
    }

    @Test
    void anotherBuildOrOtherOptionsAskForAnotherCache() throws IOException {
        // Given
        var cache = AotCache.of(application, OPTIONS);
        var same = AotCache.of(application, OPTIONS);
        var otherOptions = AotCache.of(application, List.of("-XX:+UseZGC"));

        // When
        Files.setLastModifiedTime(jar(), FileTime.fromMillis(1));
        var otherBuild = AotCache.of(application, OPTIONS);

        // Then
        assertEquals(cache, same);
        assertNotEquals(cache, otherOptions);
        assertNotEquals(cache, otherBuild);
    }

    @Test
    void cachesOfOlderBuildsDoNotPileUp() throws IOException {
        // Given
        for (int build = 1; build <= 5; build++) {
            Files.setLastModifiedTime(jar(), FileTime.fromMillis(build));
            var cache = AotCache.of(application, OPTIONS);
            cache.train();
            Files.write(cache.file(), new byte[] {1, 1, 1, 1});
        }

        // Then
        try (var caches = Files.list(directory.resolve("aot"))) {
            assertEquals(3, caches.count());
        }
    }

    private Path jar() {
        return application.resolve("hello.jar");
    }

    private String run(List<String> cacheOptions) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(cacheOptions);
        command.addAll(List.of("-Xlog:class+load", "-jar", jar().toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }
}
