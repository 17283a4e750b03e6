// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.panacall.media.play.Clip;

/** Loaded clips by key, bounded by bytes; the one used longest ago goes first. Any thread. */
final class ClipCache {

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Object, Clip> clips = new LinkedHashMap<>(64, 0.75f, true);
    private final long bytesMax;
    private final Map<Object, ReentrantLock> loading = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private long bytes;

    /** A way to a clip. */
    interface Loading {

        Clip load() throws IOException, InterruptedException;
    }

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

    /** From here, or loaded once though many ask at the same time. */
    Clip once(Object key, Loading how) throws IOException, InterruptedException {
        var cached = get(key);
        if (cached.isPresent()) {
            hits.increment();
            return cached.get();
        }
        var turn = loading.computeIfAbsent(key, any -> new ReentrantLock());
        turn.lockInterruptibly();
        try {
            var meanwhile = get(key);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            loads.increment();
            var clip = how.load();
            put(key, clip);
            return clip;
        } finally {
            turn.unlock();
            loading.remove(key, turn);
        }
    }

    long hits() {
        return hits.sum();
    }

    long loads() {
        return loads.sum();
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
