// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log file that never grows past its limit: when full it becomes {@code .1}, and the one before
 * that {@code .2}. Not thread-safe; each process has one writer.
 */
final class RollingLog implements AutoCloseable {

    private final Path file;
    private final long bytesMax;
    private OutputStream out;
    private long size;
    private long lost;

    RollingLog(Path file, long bytesMax) throws IOException {
        this.file = file;
        this.bytesMax = bytesMax;
        open();
    }

    /** Never fails: the process must live on when the disk is full, so what has no room is lost. */
    void write(byte[] bytes, int length) {
        try {
            if (size + length > bytesMax && size > 0) {
                roll();
            }
            if (lost > 0) {
                out.write("[%d bytes of log lost]%n".formatted(lost).getBytes(UTF_8));
                lost = 0;
            }
            out.write(bytes, 0, length);
            size += length;
        } catch (IOException noRoom) {
            lost += length;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void roll() throws IOException {
        out.close();
        if (Files.exists(numbered(1))) {
            Files.move(numbered(1), numbered(2), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        open();
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private void open() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
    }
}
