// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where sealed audio lies. Objects are written once and never changed. Blocks.
 *
 * <p>Names are made of letters, digits, - and _.
 */
public interface AudioStore extends AutoCloseable {

    /** Takes the file, which may be gone afterwards. Durable when this returns. */
    void put(String name, Path file) throws IOException;

    /**
     * Reads one.
     *
     * @throws IOException also when it is not there
     */
    InputStream open(String name) throws IOException;

    /** Deletes one; nothing happens when it is not there. */
    void delete(String name) throws IOException;

    @Override
    void close();
}
