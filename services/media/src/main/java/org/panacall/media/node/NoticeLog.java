// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.media.node.NoticeLogs.Watcher;
import org.panacall.media.pipeline.Notice;

/**
 * The notices for one sip-ingress: numbered from 1, the newest kept, given to whoever watches.
 *
 * <p>Owned by the notices' thread.
 */
final class NoticeLog {

    private static final int WATCHERS_MAX = 4;

    private final int kept;
    private final ArrayDeque<NoticeEntry> entries = new ArrayDeque<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private String streamId;
    private long last;

    NoticeLog(String streamId, int kept) {
        this.streamId = streamId;
        this.kept = kept;
    }

    void append(String legId, Notice notice, Instant at) {
        var entry = new NoticeEntry(streamId, ++last, legId, at, Optional.of(notice));
        entries.add(entry);
        if (entries.size() > kept) {
            entries.poll();
        }
        watchers.removeIf(watcher -> !watcher.take(entry));
    }

    /**
     * Gives what came after a place in a stream, then all that comes. Whoever cannot go on where he
     * was, or comes for the first time, is told so first, and learns the stream's name by it.
     */
    void watch(String knownStream, long after, Watcher watcher, Instant at) {
        long first = last - entries.size();
        boolean resumable = knownStream.equals(streamId) && after >= first && after <= last;
        long from = resumable ? after : first;
        if (!resumable && !watcher.take(lost(at, first))) {
            return;
        }
        for (var entry : entries) {
            if (entry.sequence() > from && !watcher.take(entry)) {
                return;
            }
        }
        if (watchers.size() == WATCHERS_MAX) {
            watchers.removeFirst().replaced();
        }
        watchers.add(watcher);
    }

    /** Some notices were dropped before they got here: nobody may believe in this stream. */
    void restart(String newStreamId, Instant at) {
        streamId = newStreamId;
        entries.clear();
        last = 0;
        watchers.removeIf(watcher -> !watcher.take(lost(at, 0)));
    }

    private NoticeEntry lost(Instant at, long sequence) {
        return new NoticeEntry(streamId, sequence, "", at, Optional.empty());
    }
}
