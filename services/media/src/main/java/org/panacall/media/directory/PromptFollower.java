// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.directory;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.defaults.SnapshotReader;
import org.panacall.media.prompt.AudioStore;
import org.panacall.media.prompt.PromptIndex;
import org.panacall.media.prompt.PromptIndex.Published;
import org.panacall.proto.directory.v1.GetPromptAudioRequest;
import org.panacall.proto.directory.v1.PromptsServiceGrpc;
import org.panacall.proto.directory.v1.PublishedPrompts;
import org.panacall.proto.directory.v1.TenantPrompts;
import org.panacall.proto.directory.v1.WatchPromptsRequest;

/**
 * Follows what tenants publish, and brings their audio to this node's disk before anybody asks for
 * them: directory may be away when a caller comes.
 */
public final class PromptFollower implements AudioStore.Source, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PromptFollower.class);
    private static final int SNAPSHOT_BYTES_MAX = 64 << 20;
    private static final int AUDIO_BYTES_MAX = 32 << 20;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Peers peers;
    private final String address;
    private final Duration timeout;
    private final PromptIndex published;
    private final AtomicInteger generation = new AtomicInteger();
    private final ReentrantLock bringing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<SnapshotReader<?>> reader = Optional.empty();

    /**
     * @param timeout for one prompt's audio
     */
    public PromptFollower(Peers peers, String address, Duration timeout, PromptIndex published) {
        this.peers = peers;
        this.address = address;
        this.timeout = timeout;
        this.published = published;
    }

    /**
     * Begins.
     *
     * @param file where the last snapshot is kept
     */
    public void start(Path file, AudioStore audio) {
        var following =
                new SnapshotReader<>(
                        file,
                        PublishedPrompts.parser(),
                        this::watch,
                        snapshot -> take(snapshot, audio));
        reader = Optional.of(following);
    }

    private void watch(
            Optional<PublishedPrompts> known, StreamObserver<PublishedPrompts> observer) {
        PromptsServiceGrpc.newStub(peers.channel(address))
                .withMaxInboundMessageSize(SNAPSHOT_BYTES_MAX)
                .watchPrompts(
                        WatchPromptsRequest.newBuilder()
                                .setKnownVersion(known.map(PublishedPrompts::getVersion).orElse(0L))
                                .build(),
                        observer);
    }

    private void take(PublishedPrompts snapshot, AudioStore audio) {
        var tenants = new HashMap<String, PromptIndex.Tenant>();
        for (var tenant : snapshot.getTenantsList()) {
            tenants.put(tenant.getTenantId(), tenant(tenant));
        }
        published.set(tenants);
        int now = generation.incrementAndGet();
        Thread.ofVirtual().name("audio").start(() -> bring(now, snapshot, audio));
    }

    private static PromptIndex.Tenant tenant(TenantPrompts tenant) {
        var prompts = new HashMap<String, SortedMap<String, Published>>();
        for (var prompt : tenant.getPromptsList()) {
            prompts.computeIfAbsent(prompt.getPromptId(), any -> new TreeMap<>())
                    .put(
                            prompt.getLanguage(),
                            new Published(prompt.getText(), prompt.getAudioHash()));
        }
        return new PromptIndex.Tenant(tenant.getLanguage(), prompts);
    }

    /** One snapshot's audio at a time, and only the newest's. */
    private void bring(int mine, PublishedPrompts snapshot, AudioStore audio) {
        bringing.lock();
        try {
            while (generation.get() == mine && !bringAll(mine, snapshot, audio)) {
                if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            bringing.unlock();
        }
    }

    /** Whether there is nothing left to be tried again. */
    private boolean bringAll(int mine, PublishedPrompts snapshot, AudioStore audio)
            throws InterruptedException {
        long room = audio.bytesMax();
        boolean isWhole = true;
        for (var tenant : snapshot.getTenantsList()) {
            for (var prompt : tenant.getPromptsList()) {
                if (generation.get() != mine || closed.getCount() == 0) {
                    return true;
                }
                if (prompt.getAudioHash().isEmpty() || prompt.getAudioBytes() > room) {
                    continue;
                }
                room -= prompt.getAudioBytes();
                isWhole &= bring(tenant.getTenantId(), prompt.getAudioHash(), audio);
            }
        }
        return isWhole;
    }

    private static boolean bring(String tenantId, String hash, AudioStore audio)
            throws InterruptedException {
        try {
            if (!audio.has(hash)) {
                audio.get(tenantId, hash);
            }
            return true;
        } catch (IOException away) {
            LOG.debugf("audio is not here yet: %s", away.getMessage());
            return false;
        }
    }

    @Override
    public byte[] fetch(String tenantId, String hash) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            var parts =
                    PromptsServiceGrpc.newBlockingStub(peers.channel(address))
                            .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                            .getPromptAudio(
                                    GetPromptAudioRequest.newBuilder()
                                            .setTenantId(tenantId)
                                            .setHash(hash)
                                            .build());
            while (parts.hasNext()) {
                bytes.writeBytes(parts.next().getData().toByteArray());
                if (bytes.size() > AUDIO_BYTES_MAX) {
                    throw new IOException("audio is too long");
                }
            }
        } catch (StatusRuntimeException fault) {
            throw new IOException("directory: " + fault.getStatus().getCode(), fault);
        }
        if (bytes.size() == 0) {
            throw new IOException("the audio is gone");
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        closed.countDown();
        reader.ifPresent(SnapshotReader::close);
    }
}
