// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Clip;
import org.panacall.media.play.Item;
import org.panacall.media.play.Tone;

/**
 * Finds the sound for a prompt: the stored file; else its text, spoken; else a short tone, so that
 * a caller never hears silence and no play waits for ever.
 *
 * <p>Loads on its executor's threads, never on a media thread.
 */
public final class PromptLibrary {

    private static final Logger LOG = Logger.getLogger(PromptLibrary.class);
    private static final long FILE_BYTES_MAX = 32L << 20;
    private static final int LOADS_MAX = 1000;

    /** Stands for a prompt that could not be had: 0.4 s. */
    private static final Tone SIGN = new Tone(425, 0, 2 * Codec.RATE / 5, 0);

    private final Path directory;
    private final TextToSpeech speech;
    private final ClipCache cache;
    private final ExecutorService loaders;
    private final Map<Object, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final LongAdder loading = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder loads = new LongAdder();
    private final LongAdder substitutes = new LongAdder();

    private record StoredKey(PromptName name, long modified) {}

    public PromptLibrary(
            Path directory, TextToSpeech speech, long cacheBytesMax, ExecutorService loaders) {
        this.directory = directory;
        this.speech = speech;
        this.loaders = loaders;
        cache = new ClipCache(cacheBytesMax);
    }

    /** A place that is filled as soon as the sound is loaded. Returns at once. */
    public Item item(PromptWish wish) {
        if (wish instanceof PromptWish.Ready(var sound)) {
            return Item.of(sound);
        }
        var item = new Item();
        if (loading.sum() >= LOADS_MAX) {
            substitute(item);
            return item;
        }
        loading.increment();
        loaders.execute(() -> fill(item, wish));
        return item;
    }

    private void fill(Item item, PromptWish wish) {
        try {
            item.fill(load(wish));
        } catch (IOException | RuntimeException fault) {
            LOG.warnf("prompt not available, a tone is played instead: %s", fault.getMessage());
            substitute(item);
        } catch (InterruptedException stopping) {
            substitute(item);
            Thread.currentThread().interrupt();
        } finally {
            loading.decrement();
        }
    }

    private void substitute(Item item) {
        substitutes.increment();
        item.substitute(SIGN);
    }

    private Clip load(PromptWish wish) throws IOException, InterruptedException {
        return switch (wish) {
            case PromptWish.Stored stored -> stored(stored);
            case PromptWish.Spoken spoken -> once(spoken, () -> speak(spoken));
            case PromptWish.Ready ready -> throw new IllegalStateException("needs no loading");
        };
    }

    private Clip stored(PromptWish.Stored stored) throws IOException, InterruptedException {
        var wished = stored.name();
        boolean inRegion = Files.exists(wished.below(directory));
        var name = inRegion ? wished : wished.withoutRegion();
        var file = name.below(directory);
        try {
            // A replaced file has another time and is read anew.
            var key = new StoredKey(name, Files.getLastModifiedTime(file).toMillis());
            return once(key, () -> read(file));
        } catch (NoSuchFileException missing) {
            if (name.id().startsWith("music/")) {
                return once("music", Music::waiting);
            }
            if (stored.fallbackText().isBlank()) {
                throw new IOException("no prompt " + name.id() + " and no text for it");
            }
            var instead = new PromptWish.Spoken(stored.fallbackText(), name.language());
            return once(instead, () -> speak(instead));
        }
    }

    private Clip read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("a prompt has at most " + FILE_BYTES_MAX + " bytes");
        }
        return WavFile.read(Files.readAllBytes(file));
    }

    private Clip speak(PromptWish.Spoken spoken) throws IOException, InterruptedException {
        return speech.speak(spoken.text(), spoken.language());
    }

    private interface Loading {

        Clip load() throws IOException, InterruptedException;
    }

    /** From the cache, or loaded once though many ask at the same time. */
    private Clip once(Object key, Loading how) throws IOException, InterruptedException {
        var cached = cache.get(key);
        if (cached.isPresent()) {
            hits.increment();
            return cached.get();
        }
        var lock = locks.computeIfAbsent(key, any -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            var meanwhile = cache.get(key);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            loads.increment();
            var clip = how.load();
            cache.put(key, clip);
            return clip;
        } finally {
            lock.unlock();
            locks.remove(key, lock);
        }
    }

    public long cacheBytes() {
        return cache.bytes();
    }

    public long cacheHits() {
        return hits.sum();
    }

    public long loads() {
        return loads.sum();
    }

    /** Prompts in whose place a tone was played. */
    public long substitutes() {
        return substitutes.sum();
    }
}
