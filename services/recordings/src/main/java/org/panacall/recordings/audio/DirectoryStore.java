// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Audio in a directory, in 256 of them by the last two signs of the name. */
public final class DirectoryStore implements AudioStore {

    private static final String NAME = "[A-Za-z0-9_-]{4,100}";

    private final Path directory;

    public DirectoryStore(Path directory) throws IOException {
        this.directory = directory;
        makePrivate(directory);
    }

    private static void makePrivate(Path directory) throws IOException {
        var owner = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
    }

    @Override
    public void put(String name, Path file) throws IOException {
        var at = at(name);
        makePrivate(at.getParent());
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        // The data directory may be on another disk.
        var beside = at.resolveSibling(name + ".new");
        Files.move(file, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, at, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(at(name));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(at(name));
    }

    private Path at(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("not a name of an object");
        }
        return directory.resolve(name.substring(name.length() - 2)).resolve(name);
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
