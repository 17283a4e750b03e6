// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Clip;
import org.panacall.media.play.Item;
import org.panacall.media.play.Tone;

/**
 * Gets the sound for a prompt, or what is nearest to it ({@link PromptFinder}), or a short tone, so
 * that a caller never hears silence and no play waits for ever.
 *
 * <p>Loads on its executor's threads, never on a media thread.
 */
public final class PromptLibrary {

    private static final Logger LOG = Logger.getLogger(PromptLibrary.class);
    private static final int LOADS_MAX = 1000;

    /** Stands for a prompt that could not be had: 0.4 s. */
    private static final Tone SIGN = new Tone(425, 0, 2 * Codec.RATE / 5, 0);

    private final PromptIndex published;
    private final ClipCache cache;
    private final PromptFinder finder;
    private final Duration patience;
    private final ExecutorService loaders;
    private final LongAdder loading = new LongAdder();

    /**
     * @param patience after which a tone is played for a prompt that is not there yet
     */
    public PromptLibrary(
            PromptSources sources, long cacheBytesMax, Duration patience, ExecutorService loaders) {
        published = sources.published();
        cache = new ClipCache(cacheBytesMax);
        finder = new PromptFinder(sources, cache);
        this.patience = patience;
        this.loaders = loaders;
    }

    /** In which a prompt is wished that names none. */
    public String languageOf(String tenantId, String otherwise) {
        return published.languageOf(tenantId).orElse(otherwise);
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
        var loaded = new CompletableFuture<Clip>();
        loaders.execute(() -> load(wish, loaded));
        loaders.execute(() -> fill(item, loaded));
        return item;
    }

    /** Goes on when the caller has a tone already: the next one who asks finds it here. */
    private void load(PromptWish wish, CompletableFuture<Clip> loaded) {
        try {
            loaded.complete(load(wish));
        } catch (IOException | RuntimeException fault) {
            loaded.completeExceptionally(fault);
        } catch (InterruptedException stopping) {
            loaded.completeExceptionally(stopping);
            Thread.currentThread().interrupt();
        } finally {
            loading.decrement();
        }
    }

    private Clip load(PromptWish wish) throws IOException, InterruptedException {
        return switch (wish) {
            case PromptWish.Stored stored -> finder.find(stored);
            case PromptWish.Spoken spoken -> finder.speak(spoken);
            case PromptWish.Fetched(var source) -> source.load();
            case PromptWish.Ready ready -> throw new IllegalStateException("needs no loading");
        };
    }

    private void fill(Item item, CompletableFuture<Clip> loaded) {
        try {
            item.fill(loaded.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException fault) {
            LOG.warnf("a tone is played for a prompt: %s", fault.getCause().getMessage());
            substitute(item);
        } catch (TimeoutException late) {
            LOG.warnf("a tone is played for a prompt that took longer than %s", patience);
            substitute(item);
        } catch (InterruptedException stopping) {
            substitute(item);
            Thread.currentThread().interrupt();
        }
    }

    private void substitute(Item item) {
        finder.count(Fallback.TONE);
        item.substitute(SIGN);
    }

    public long cacheBytes() {
        return cache.bytes();
    }

    public long cacheHits() {
        return cache.hits();
    }

    public long loads() {
        return cache.loads();
    }

    /** How often this was played instead of what was wished. */
    public long fallbacks(Fallback fallback) {
        return finder.counted(fallback);
    }

    /** Prompts in whose place a tone was played. */
    public long substitutes() {
        return fallbacks(Fallback.TONE);
    }
}
