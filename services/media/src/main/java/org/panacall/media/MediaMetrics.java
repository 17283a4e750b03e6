// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.panacall.media.listen.HttpRecogniser;
import org.panacall.media.listen.Listeners;
import org.panacall.media.node.MediaNode;
import org.panacall.media.node.NoticeLogs;
import org.panacall.media.pipeline.Counter;
import org.panacall.media.pipeline.Counters;
import org.panacall.media.prompt.AudioStore;
import org.panacall.media.prompt.EspeakSpeech;
import org.panacall.media.prompt.Fallback;
import org.panacall.media.prompt.PromptLibrary;
import org.panacall.media.speech.HttpEngine;
import org.panacall.media.speech.HttpSpeech;
import org.panacall.media.spool.Delivery;
import org.panacall.media.spool.Recordings;
import org.panacall.media.spool.Spool;

/** Shows the counts of all shards; reading them costs the media threads nothing. */
@ApplicationScoped
public class MediaMetrics {

    private final MeterRegistry registry;
    private final MediaNode node;
    private final Voices voices;

    @Inject
    MediaMetrics(MeterRegistry registry, MediaNode node, Voices voices) {
        this.registry = registry;
        this.voices = voices;
        this.node = node;
    }

    void register(@Observes StartupEvent event, PromptLibrary prompts, NoticeLogs notices) {
        gauge("panacall.media.legs", node, any -> sum(counters -> counters.legs));
        gauge("panacall.media.bridges", node, any -> sum(counters -> counters.bridges));
        gauge("panacall.media.rooms", node, any -> sum(counters -> counters.rooms));
        gauge("panacall.media.rooms.legs", node, any -> sum(counters -> counters.participants));
        shards("panacall.media.rooms.full", counters -> counters.roomsFull);
        packets("received", counters -> counters.received);
        packets("sent", counters -> counters.sent);
        packets("malformed", counters -> counters.malformed);
        packets("strangers", counters -> counters.strangers);
        packets("held", counters -> counters.held);
        packets("drained", counters -> counters.drained);
        packets("lost", counters -> counters.lost);
        packets("late", counters -> counters.late);
        packets("send.failures", counters -> counters.sendFailures);
        shards("panacall.media.frames.passed", counters -> counters.passedThrough);
        shards("panacall.media.frames.mixed", counters -> counters.mixed);
        shards("panacall.media.faults", counters -> counters.faults);
        shards("panacall.media.ticks", counters -> counters.ticks);
        shards("panacall.media.ticks.skipped", counters -> counters.ticksSkipped);
        count("panacall.media.ticks.late.seconds", node, any -> lateSeconds());
        gauge("panacall.media.prompts.cache.bytes", prompts, PromptLibrary::cacheBytes);
        count("panacall.media.prompts.cache.hits", prompts, PromptLibrary::cacheHits);
        count("panacall.media.prompts.loads", prompts, PromptLibrary::loads);
        count("panacall.media.prompts.substitutes", prompts, PromptLibrary::substitutes);
        for (var fallback : Fallback.values()) {
            var kind = fallback.name().toLowerCase(Locale.ROOT).replace('_', '-');
            FunctionCounter.builder(
                            "panacall.media.prompts.fallbacks",
                            prompts,
                            library -> library.fallbacks(fallback))
                    .tag("kind", kind)
                    .register(registry);
        }
        speech(voices.program());
        voices.http().ifPresent(this::http);
        count("panacall.media.notices.dropped", notices, NoticeLogs::dropped);
    }

    void registerAudio(@Observes StartupEvent event, AudioStore audio) {
        gauge("panacall.media.audio.bytes", audio, AudioStore::bytes);
        count("panacall.media.audio.fetched", audio, AudioStore::fetched);
        count("panacall.media.audio.failures", audio, AudioStore::failures);
        count("panacall.media.audio.dropped", audio, AudioStore::dropped);
    }

    void registerRecordings(@Observes StartupEvent event, Recordings recordings) {
        recordings.spool().ifPresent(this::spool);
        recordings.delivery().ifPresent(this::delivery);
    }

    private void spool(Spool spool) {
        gauge("panacall.media.recordings.live", spool, Spool::recordings);
        gauge("panacall.media.recordings.disk.bytes", spool, Spool::bytes);
        count("panacall.media.recordings.begun", spool, Spool::begun);
        count("panacall.media.recordings.refused", spool, Spool::refused);
        count("panacall.media.recordings.failed", spool, Spool::failed);
        count("panacall.media.recordings.found", spool, Spool::found);
    }

    private void delivery(Delivery delivery) {
        count("panacall.media.recordings.delivered", delivery, Delivery::delivered);
        count("panacall.media.recordings.delivery.failures", delivery, Delivery::failures);
        count("panacall.media.recordings.put.aside", delivery, Delivery::refused);
    }

    void registerListening(@Observes StartupEvent event, Ears ears) {
        ears.listeners().ifPresent(this::listeners);
        ears.http()
                .map(HttpRecogniser::engine)
                .ifPresent(
                        engine -> {
                            var name = "panacall.media.listen.http.";
                            count(name + "failures", engine, HttpEngine::failures);
                            count(name + "passed.over", engine, HttpEngine::passedOver);
                        });
    }

    private void listeners(Listeners listeners) {
        gauge("panacall.media.listen.legs", listeners, Listeners::listening);
        count("panacall.media.listen.refused", listeners, Listeners::refused);
        count("panacall.media.listen.cut.off", listeners, Listeners::cutOff);
        count("panacall.media.listen.seconds", listeners, Listeners::seconds);
        for (var outcome : Listeners.Outcome.values()) {
            FunctionCounter.builder(
                            "panacall.media.listen.utterances",
                            listeners,
                            any -> any.count(outcome))
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private void speech(EspeakSpeech speech) {
        count("panacall.media.speech.texts", speech, EspeakSpeech::spoken);
        count("panacall.media.speech.failures", speech, EspeakSpeech::failures);
        count("panacall.media.speech.seconds", speech, EspeakSpeech::seconds);
    }

    private void http(HttpSpeech speech) {
        count("panacall.media.speech.http.texts", speech, HttpSpeech::spoken);
        count("panacall.media.speech.http.failures", speech, HttpSpeech::failures);
        count("panacall.media.speech.http.passed.over", speech, HttpSpeech::passedOver);
    }

    private double lateSeconds() {
        return sum(counters -> counters.tickLateNanos) / 1e9;
    }

    private void packets(String kind, Function<Counters, Counter> which) {
        shards("panacall.media.packets." + kind, which);
    }

    private void shards(String name, Function<Counters, Counter> which) {
        count(name, node, any -> sum(which));
    }

    private <T> void count(String name, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).register(registry);
    }

    private <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).register(registry);
    }

    private double sum(Function<Counters, Counter> which) {
        double sum = 0;
        for (var loop : node.loops()) {
            sum += which.apply(loop.counters()).value();
        }
        return sum;
    }
}
