// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.defaults.seal.MasterKeys;
import org.panacall.media.directory.PromptFollower;
import org.panacall.media.io.MediaLoop;
import org.panacall.media.io.PortPair;
import org.panacall.media.io.PortRange;
import org.panacall.media.node.MediaNode;
import org.panacall.media.node.NoticeLogs;
import org.panacall.media.pipeline.Counters;
import org.panacall.media.pipeline.Shard;
import org.panacall.media.prompt.AudioStore;
import org.panacall.media.prompt.PromptIndex;
import org.panacall.media.prompt.PromptLibrary;
import org.panacall.media.prompt.PromptSources;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.spool.Delivery;
import org.panacall.media.spool.Recordings;
import org.panacall.media.spool.Spool;

/** Wires the service: the one class that knows all. */
@Startup
@ApplicationScoped
public class MediaApp {

    private static final Logger LOG = Logger.getLogger(MediaApp.class);

    private static final long DRAIN_LOOK_NANOS = 20_000_000;

    private final MediaConfig config;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final NoticeLogs notices;
    private final MediaNode node;
    private final Voices voices;
    private final Ears ears;
    private final PromptFollower follower;
    private final AudioStore audio;
    private final PromptLibrary prompts;
    private final Recordings recordings;

    @Inject
    MediaApp(MediaConfig config, Peers peers) throws IOException {
        this.config = config;
        var media = config.media();
        notices = new NoticeLogs(media.noticesKept(), () -> "notices_" + UUID.randomUUID());
        node = new MediaNode(notices, new MediaNode.Bounds(media.legs(), media.bridgeLegs()));
        voices = Voices.of(media.speech(), config.dataDirectory());
        ears = Ears.of(media.listen(), notices);
        var published = new PromptIndex();
        var from = config.directory();
        follower = new PromptFollower(peers, from.address(), from.timeout(), published);
        audio =
                new AudioStore(
                        config.dataDirectory().resolve("audio"),
                        follower,
                        config.prompts().diskBytes());
        prompts = prompts(published);
        recordings = recordings(peers);
        follower.start(config.dataDirectory().resolve("prompts.pb"), audio);
        startLoops();
    }

    private Recordings recordings(Peers peers) throws IOException {
        var recording = config.media().recording();
        var key = recording.key().filter(text -> !text.isBlank());
        if (key.isEmpty()) {
            LOG.warn("there is no key to seal recordings with: nothing is recorded");
            return new Recordings(Optional.empty(), Optional.empty());
        }
        var bounds = new Spool.Bounds(recording.diskBytes(), recording.atOnce());
        var directory = config.dataDirectory().resolve("recordings");
        var spool = new Spool(directory, MasterKeys.of(key.get()), bounds);
        var to =
                new Delivery.Settings(
                        Peers.addresses(config.recordings().addresses()),
                        recording.timeout(),
                        recording.pause());
        return new Recordings(Optional.of(spool), Optional.of(new Delivery(spool, peers, to)));
    }

    private PromptLibrary prompts(PromptIndex published) {
        var settings = config.prompts();
        var sources = new PromptSources(settings.directory(), published, audio, voices.all());
        return new PromptLibrary(sources, settings.cacheBytes(), settings.patience(), workers);
    }

    private void startLoops() throws IOException {
        var range = PortRange.of(config.rtp().ports());
        var address = InetAddress.ofLiteral(config.rtp().address());
        long epochNanos =
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
        var limits =
                new Shard.Limits(
                        config.media().silenceLimit().toNanos(),
                        config.media().unconfiguredLimit().toNanos(),
                        config.media().idleLimit().toNanos());
        var loops = new ArrayList<MediaLoop>();
        for (int i = 0; i < config.rtp().shards(); i++) {
            var counters = new Counters();
            var ports = PortPair.open(address, range, counters);
            var shard = new Shard(ports, node, counters, limits, epochNanos);
            loops.add(new MediaLoop("media-" + i, ports, shard, workers));
            LOG.infof("shard %d receives RTP on port %d", i, ports.port());
        }
        node.start(loops, config.media().warmUp());
    }

    void stop(@Observes ShutdownEvent event) {
        drain();
        node.close();
        ears.close();
        recordings.close();
        notices.close();
        follower.close();
        voices.close();
        workers.shutdownNow();
    }

    /** Legs may go elsewhere; who is still here when the time is over is cut off. */
    private void drain() {
        node.drain();
        notices.tellDrain();
        long end = System.nanoTime() + config.media().drainTimeout().toNanos();
        while (node.legs() > 0 && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(DRAIN_LOOK_NANOS);
        }
    }

    @Produces
    @Singleton
    MediaNode node() {
        return node;
    }

    @Produces
    @Singleton
    Recordings recordings() {
        return recordings;
    }

    @Produces
    @Singleton
    NoticeLogs notices() {
        return notices;
    }

    @Produces
    @Singleton
    Voices voices() {
        return voices;
    }

    @Produces
    @Singleton
    Ears ears() {
        return ears;
    }

    @Produces
    @Singleton
    TextToSpeech speech() {
        return voices.all();
    }

    @Produces
    @Singleton
    AudioStore audio() {
        return audio;
    }

    @Produces
    @Singleton
    PromptLibrary library() {
        return prompts;
    }
}
