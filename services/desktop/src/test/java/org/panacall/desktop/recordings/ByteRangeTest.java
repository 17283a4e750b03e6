// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What browsers ask for when they jump about in a recording. */
class ByteRangeTest {

    private static Optional<ByteRange> of(String header) {
        return ByteRange.of(header, 1_000);
    }

    @Test
    void rangesAreWithinTheFile() {
        assertEquals(Optional.of(new ByteRange(0, 99)), of("bytes=0-99"));
        assertEquals(Optional.of(new ByteRange(900, 999)), of("bytes=900-"));
        assertEquals(Optional.of(new ByteRange(900, 999)), of("bytes=900-5000"));
        assertEquals(Optional.of(new ByteRange(990, 999)), of("bytes=-10"));
        assertEquals(Optional.of(new ByteRange(0, 999)), of("bytes=-5000"));
    }

    @Test
    void whatIsNoRangeIsTheWholeFile() {
        for (var header :
                new String[] {null, "", "bytes=-", "items=0-1", "bytes=9-1", "bytes=0-1,3-4"}) {
            assertEquals(Optional.empty(), of(header));
        }
    }

    @Test
    void aRangeBehindTheEndIsToldApart() {
        assertTrue(of("bytes=1000-").orElseThrow().isBeyond(1_000));
        assertTrue(of("bytes=-0").orElseThrow().isBeyond(1_000));
    }
}
