// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.spool;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.panacall.defaults.seal.DataKey;
import org.panacall.defaults.seal.MasterKeys;

/**
 * A recording on disk: the wrapped key, then sealed parts, each with its length before it. Part 0
 * says what it is, the others are audio, and an empty one with what follows it is the end. A part
 * that was torn when the process died is as good as not written.
 */
final class SpoolFile {

    private static final byte[] MAGIC = "PANASP1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PART_MAX = 1 << 20;

    /** The only purpose of keys in here. */
    private static final String ABOUT = "spool";

    private SpoolFile() {}

    /** Writes one, part by part. */
    static final class Writer implements AutoCloseable {

        private final FileChannel channel;
        private final DataKey key = DataKey.random();
        private long parts;
        private long bytes;

        Writer(Path file, MasterKeys masters, byte[] what) throws IOException {
            channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var wrapped = masters.wrap(key, ABOUT);
            var head = ByteBuffer.allocate(MAGIC.length + Integer.BYTES + wrapped.length);
            put(head.put(MAGIC).putInt(wrapped.length).put(wrapped).flip());
            part(what);
        }

        /** One part; audio is not empty. */
        void part(byte[] plain) throws IOException {
            var sealed = key.seal(parts++, plain);
            var whole = ByteBuffer.allocate(Integer.BYTES + sealed.length);
            put(whole.putInt(sealed.length).put(sealed).flip());
        }

        /** The end; it is on the disk when this returns. */
        void finish(byte[] how) throws IOException {
            part(new byte[0]);
            part(how);
            channel.force(false);
        }

        long bytes() {
            return bytes;
        }

        private void put(ByteBuffer from) throws IOException {
            bytes += from.remaining();
            while (from.hasRemaining()) {
                channel.write(from);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Reads one, part by part. */
    static final class Reader implements AutoCloseable {

        private final DataInputStream in;
        private final DataKey key;
        private long parts;
        private byte[] ended;

        /**
         * @throws IOException also when it is none of ours
         */
        Reader(InputStream from, MasterKeys masters) throws IOException {
            in = new DataInputStream(from);
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("not a spool file");
            }
            try {
                key = masters.unwrap(in.readNBytes(length()), ABOUT);
            } catch (IllegalArgumentException strange) {
                throw new IOException(strange.getMessage(), strange);
            }
        }

        /** What it is. */
        byte[] what() throws IOException {
            return part().orElseThrow(() -> new EOFException("nothing is in it"));
        }

        /** The next audio; empty at the end, also where it is torn. */
        Optional<byte[]> audio() throws IOException {
            var next = part();
            if (next.isPresent() && next.get().length == 0) {
                ended = part().orElse(null);
                return Optional.empty();
            }
            return next;
        }

        /** How it ended; empty when it was cut off. */
        Optional<byte[]> ended() {
            return Optional.ofNullable(ended);
        }

        private Optional<byte[]> part() throws IOException {
            try {
                var sealed = new byte[length()];
                in.readFully(sealed);
                return Optional.of(key.open(parts++, sealed));
            } catch (EOFException | IllegalArgumentException torn) {
                return Optional.empty();
            }
        }

        private int length() throws IOException {
            int length = in.readInt();
            if (length < 0 || length > PART_MAX) {
                throw new EOFException("torn");
            }
            return length;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
