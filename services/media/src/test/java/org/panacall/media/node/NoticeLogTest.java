// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.media.pipeline.Notice;

class NoticeLogTest {

    private static final Instant AT = Instant.parse("2030-01-01T00:00:00Z");

    private final NoticeLog log = new NoticeLog("stream_1", 10);
    private final List<NoticeEntry> read = new ArrayList<>();
    private boolean reading = true;
    private int replaced;

    private final class Reader implements NoticeLogs.Watcher {

        @Override
        public boolean take(NoticeEntry entry) {
            if (reading) {
                read.add(entry);
            }
            return reading;
        }

        @Override
        public void replaced() {
            replaced++;
        }
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            log.append("leg_1", new Notice.AudioStarted(), AT);
        }
    }

    private List<Long> sequences() {
        return read.stream().map(NoticeEntry::sequence).toList();
    }

    @Test
    void aFreshReaderLearnsTheStreamAndGetsAllThatIsKeptAndAllThatComes() {
        append(2);
        log.watch("", 0, new Reader(), AT);
        append(2);
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L), sequences());
        assertEquals("stream_1", read.getFirst().streamId());
    }

    @Test
    void aReaderResumesWithoutAGap() {
        append(12);
        log.watch("stream_1", 5, new Reader(), AT);
        assertEquals(List.of(6L, 7L, 8L, 9L, 10L, 11L, 12L), sequences());
    }

    @Test
    void aReaderThatWasAwayForTooLongIsTold() {
        append(15);
        log.watch("stream_1", 4, new Reader(), AT);
        assertTrue(read.getFirst().notice().isEmpty());
        assertEquals(5L, read.getFirst().sequence());
        assertEquals(List.of(6L, 7L), sequences().subList(1, 3));
    }

    @Test
    void aReaderOfAnotherLifeIsTold() {
        append(3);
        log.watch("stream_0", 2, new Reader(), AT);
        assertTrue(read.getFirst().notice().isEmpty());
        assertEquals("stream_1", read.getFirst().streamId());
        assertEquals(4, read.size());
    }

    @Test
    void whoHasGoneIsForgottenAndTheFifthReplacesTheFirst() {
        for (int i = 0; i < 5; i++) {
            log.watch("stream_1", 0, new Reader(), AT);
        }
        assertEquals(1, replaced);
        append(1);
        assertEquals(4, read.size());
        reading = false;
        append(1);
        reading = true;
        append(1);
        assertEquals(4, read.size());
    }

    @Test
    void lossBeforeTheLogBeginsANewStream() {
        append(3);
        log.watch("stream_1", 3, new Reader(), AT);
        log.restart("stream_2", AT);
        append(1);
        assertTrue(read.get(0).notice().isEmpty());
        assertEquals("stream_2", read.get(1).streamId());
        assertEquals(1, read.get(1).sequence());
    }
}
