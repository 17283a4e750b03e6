// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One range of a file (RFC 9110 section 14). Several at once are answered by the whole file.
 *
 * @param last inclusive
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    long length() {
        return last - first + 1;
    }

    /** What is wanted: empty is the whole file; */
    static Optional<ByteRange> of(String header, long size) {
        var wanted = ONE.matcher(header == null ? "" : header.strip());
        if (!wanted.matches() || wanted.group(1).isEmpty() && wanted.group(2).isEmpty()) {
            return Optional.empty();
        }
        if (wanted.group(1).isEmpty()) {
            long count = Math.min(size, Long.parseLong(wanted.group(2)));
            return Optional.of(new ByteRange(size - count, size - 1));
        }
        long first = Long.parseLong(wanted.group(1));
        long last = wanted.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(wanted.group(2));
        return first > last
                ? Optional.empty()
                : Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    /** Nothing of it is in the file. */
    boolean isBeyond(long size) {
        return first >= size || length() <= 0;
    }
}
