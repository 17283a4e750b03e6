// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.audio;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.panacall.defaults.seal.DataKey;

/**
 * Audio as it lies in a store: parts of 32 kB, each sealed under its number, with its length before
 * it. Any part can be come to without opening those before it.
 */
public final class SealedAudio {

    static final int PART = 32_768;

    private static final int SEAL = 16;

    private SealedAudio() {}

    /** Seals what is written to it. */
    public static final class Writer extends OutputStream {

        private final DataOutputStream out;
        private final DataKey key;
        private final byte[] part = new byte[PART];
        private int filled;
        private long parts;

        public Writer(OutputStream out, DataKey key) {
            this.out = new DataOutputStream(out);
            this.key = key;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            for (int at = from; at < from + count; ) {
                int some = Math.min(PART - filled, from + count - at);
                System.arraycopy(bytes, at, part, filled, some);
                filled += some;
                at += some;
                if (filled == PART) {
                    seal();
                }
            }
        }

        private void seal() throws IOException {
            var sealed = key.seal(parts++, Arrays.copyOf(part, filled));
            out.writeInt(sealed.length);
            out.write(sealed);
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (filled > 0) {
                seal();
            }
            out.close();
        }
    }

    /** Opens what was sealed, from any byte on. */
    public static final class Reader extends InputStream {

        private final DataInputStream in;
        private final DataKey key;
        private byte[] part = {};
        private int at;
        private long parts;

        public Reader(InputStream in, DataKey key) {
            this.in = new DataInputStream(in);
            this.key = key;
        }

        /** Goes so many bytes on from the beginning. Before the first read. */
        public void begin(long offset) throws IOException {
            for (; parts < offset / PART; parts++) {
                in.skipNBytes(length());
            }
            if (next()) {
                at = (int) (offset % PART);
            }
        }

        @Override
        public int read() throws IOException {
            return at < part.length || next() ? part[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (at >= part.length && !next()) {
                return -1;
            }
            int some = Math.min(count, part.length - at);
            System.arraycopy(part, at, into, from, some);
            at += some;
            return some;
        }

        private boolean next() throws IOException {
            int length;
            try {
                length = length();
            } catch (EOFException end) {
                return false;
            }
            try {
                part = key.open(parts++, in.readNBytes(length));
            } catch (IllegalArgumentException changed) {
                throw new IOException("the audio was changed or is torn", changed);
            }
            at = 0;
            return true;
        }

        private int length() throws IOException {
            int length = in.readInt();
            if (length < SEAL || length > PART + SEAL) {
                throw new IOException("the audio is torn");
            }
            return length;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
