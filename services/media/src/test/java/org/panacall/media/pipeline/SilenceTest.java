// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.panacall.media.codec.Codec;

/** What is told of parties of whom nothing comes. */
class SilenceTest {

    private final Studio studio = new Studio();

    private long count(String notice) {
        return studio.notices.stream().filter(line -> line.contains(notice)).count();
    }

    @Test
    void silenceIsToldOnceAndItsEndToo() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        studio.run(1000);

        // When
        a.says(0);
        studio.run(35_000);

        // Then
        assertEquals(1, count("AudioStarted"));
        assertEquals(1, count("AudioStopped"));
        a.says(400);
        studio.run(100);
        assertEquals(2, count("AudioStarted"));
    }

    @Test
    void whoSendsReportsOnlyIsNotGone() {
        // Given
        var a = studio.party("a", 5000, Codec.PCMA).says(400);
        studio.run(1000);
        long rtcp = a.settings().rtcp().key();
        a.says(0);

        // When
        for (int i = 0; i < 12; i++) {
            studio.run(5_000);
            studio.shard.onRtcp(ByteBuffer.wrap(new byte[8]), rtcp, studio.now);
        }

        // Then
        assertEquals(0, count("AudioStopped"));
        studio.run(35_000);
        assertEquals(1, count("AudioStopped"));
        studio.shard.onRtcp(ByteBuffer.wrap(new byte[8]), rtcp, studio.now);
        assertEquals(2, count("AudioStarted"));
    }
}
