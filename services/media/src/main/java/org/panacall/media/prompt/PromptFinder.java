// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.prompt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.panacall.media.play.Clip;

/**
 * Finds what is nearest to a wish: the prompt in the language that was wished, in the tenant's own,
 * audio in any other; the tune, for music; the text, spoken. In one language, what the tenant
 * published stands before what was shipped. What cannot be had now is passed over.
 */
final class PromptFinder {

    private static final Logger LOG = Logger.getLogger(PromptFinder.class);
    private static final long FILE_BYTES_MAX = 32L << 20;

    /** In which shipped prompts come. */
    private static final List<String> SHIPPED = List.of("ru", "uk", "en");

    private final PromptSources sources;
    private final ClipCache clips;
    private final Map<Fallback, LongAdder> fallbacks = new EnumMap<>(Fallback.class);

    private record FileKey(PromptName name, long modified) {}

    private record AudioKey(String hash) {}

    PromptFinder(PromptSources sources, ClipCache clips) {
        this.sources = sources;
        this.clips = clips;
        for (var fallback : Fallback.values()) {
            fallbacks.put(fallback, new LongAdder());
        }
    }

    Clip find(PromptWish.Stored wish) throws IOException, InterruptedException {
        var wished = wish.name();
        for (var name : new LinkedHashSet<>(List.of(wished, wished.withoutRegion()))) {
            var found = inLanguage(name);
            if (found.isPresent()) {
                return found.get();
            }
        }
        var own = sources.published().languageOf(wished.tenant());
        if (own.isPresent() && !own.get().equals(wished.withoutRegion().language())) {
            var found = inLanguage(wished.in(own.get()));
            if (found.isPresent()) {
                return counted(Fallback.OWN_LANGUAGE, found.get());
            }
        }
        var other = inAnyLanguage(wished);
        if (other.isPresent()) {
            return counted(Fallback.OTHER_LANGUAGE, other.get());
        }
        if (wished.id().startsWith("music/")) {
            return counted(Fallback.MUSIC, clips.once("music", Music::waiting));
        }
        for (var text : texts(wish)) {
            var spoken = unlessAway(() -> speak(text));
            if (spoken.isPresent()) {
                return counted(Fallback.TEXT, spoken.get());
            }
        }
        throw new IOException("no prompt " + wished.id() + " and no text that can be spoken");
    }

    /** The audio, else the text that the tenant published; else the shipped file. */
    private Optional<Clip> inLanguage(PromptName name) throws InterruptedException {
        var published = sources.published().find(name);
        if (published.isEmpty()) {
            return shipped(name);
        }
        var recorded = audio(name.tenant(), published.get());
        if (recorded.isPresent() || published.get().text().isBlank()) {
            return recorded;
        }
        var text = new PromptWish.Spoken(published.get().text(), name.language());
        return unlessAway(() -> speak(text));
    }

    private Optional<Clip> inAnyLanguage(PromptName wished) throws InterruptedException {
        for (var published : sources.published().inAll(wished.tenant(), wished.id()).values()) {
            var recorded = audio(wished.tenant(), published);
            if (recorded.isPresent()) {
                return recorded;
            }
        }
        for (var language : SHIPPED) {
            var found = shipped(wished.in(language));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Clip> audio(String tenantId, PromptIndex.Published published)
            throws InterruptedException {
        var hash = published.audio();
        return hash.isEmpty()
                ? Optional.empty()
                : unlessAway(
                        () ->
                                clips.once(
                                        new AudioKey(hash),
                                        () -> WavFile.read(sources.audio().get(tenantId, hash))));
    }

    private Optional<Clip> shipped(PromptName name) throws InterruptedException {
        var file = name.below(sources.directory());
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return unlessAway(
                () -> {
                    // A replaced file has another time and is read anew.
                    var key = new FileKey(name, Files.getLastModifiedTime(file).toMillis());
                    return clips.once(key, () -> read(file));
                });
    }

    private static Clip read(Path file) throws IOException {
        if (Files.size(file) > FILE_BYTES_MAX) {
            throw new IOException("a prompt has at most " + FILE_BYTES_MAX + " bytes");
        }
        return WavFile.read(Files.readAllBytes(file));
    }

    /** The wish's own text, then those of the languages there are. */
    private Set<PromptWish.Spoken> texts(PromptWish.Stored wish) {
        var name = wish.name();
        var texts = new LinkedHashSet<PromptWish.Spoken>();
        if (!wish.fallbackText().isBlank()) {
            texts.add(new PromptWish.Spoken(wish.fallbackText(), name.language()));
        }
        sources.published()
                .inAll(name.tenant(), name.id())
                .forEach(
                        (language, published) -> {
                            if (!published.text().isBlank()) {
                                texts.add(new PromptWish.Spoken(published.text(), language));
                            }
                        });
        return texts;
    }

    Clip speak(PromptWish.Spoken spoken) throws IOException, InterruptedException {
        return clips.once(spoken, () -> sources.speech().speak(spoken.text(), spoken.language()));
    }

    private static Optional<Clip> unlessAway(ClipCache.Loading loading)
            throws InterruptedException {
        try {
            return Optional.of(loading.load());
        } catch (IOException away) {
            LOG.warnf("part of a prompt is passed over: %s", away.getMessage());
            return Optional.empty();
        }
    }

    private Clip counted(Fallback fallback, Clip clip) {
        count(fallback);
        return clip;
    }

    void count(Fallback fallback) {
        fallbacks.get(fallback).increment();
    }

    long counted(Fallback fallback) {
        return fallbacks.get(fallback).sum();
    }
}
