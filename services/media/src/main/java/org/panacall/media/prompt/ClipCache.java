// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.panacall.media.play.Clip;

/** Loaded clips by key, bounded by bytes; the one used longest ago goes first. Any thread. */
final class ClipCache {

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Object, Clip> clips = new LinkedHashMap<>(64, 0.75f, true);
    private final long bytesMax;
    private long bytes;

    ClipCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    Optional<Clip> get(Object key) {
        lock.lock();
        try {
            return Optional.ofNullable(clips.get(key));
        } finally {
            lock.unlock();
        }
    }

    void put(Object key, Clip clip) {
        lock.lock();
        try {
            var before = clips.put(key, clip);
            bytes += size(clip) - (before == null ? 0 : size(before));
            var eldest = clips.entrySet().iterator();
            while (bytes > bytesMax && eldest.hasNext()) {
                bytes -= size(eldest.next().getValue());
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    private static long size(Clip clip) {
        return 2L * clip.samples().length;
    }
}
