// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.kept;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.panacall.defaults.Peers;
import org.panacall.media.MediaConfig;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.WavFile;
import org.panacall.proto.recordings.v1.Actor;
import org.panacall.proto.recordings.v1.FetchAudioRequest;
import org.panacall.proto.recordings.v1.RecordingsServiceGrpc;

/**
 * Gets kept recordings from the service recordings, to be played to somebody, who is written down
 * there before any audio comes. Each play gets it anew, so that each leaves its line; it is in
 * memory only, and so much of it at most.
 */
@ApplicationScoped
public class KeptAudio {

    private static final int HEADER = 44;
    private static final int BYTES_A_SECOND = 2 * Codec.RATE;

    /** A recording, and who listens. */
    public record Wanted(
            String tenant, String recording, String listener, String listenerExtension) {}

    private final Peers peers;
    private final List<String> addresses;
    private final MediaConfig.RecordingsConfig config;
    private final MeterRegistry metrics;
    private final Semaphore loads;
    private final Room room;

    @Inject
    KeptAudio(Peers peers, MediaConfig config, MeterRegistry metrics) {
        this.peers = peers;
        this.config = config.recordings();
        this.metrics = metrics;
        addresses = Peers.addresses(this.config.addresses());
        loads = new Semaphore(this.config.loads());
        room = new Room(this.config.bytes(), Clock.systemUTC());
    }

    /**
     * Blocks, for so long as the setting says.
     *
     * @throws IOException when it is not there, not to be had now, or there is no room for it
     */
    public Clip fetch(Wanted wanted) throws IOException, InterruptedException {
        long until = System.nanoTime() + config.timeout().toNanos();
        if (!loads.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed("busy", null);
        }
        try {
            var clip = WavFile.read(bytes(wanted, until));
            count("played");
            return clip;
        } finally {
            loads.release();
        }
    }

    /** From the first instance that is there. */
    private byte[] bytes(Wanted wanted, long until) throws IOException {
        StatusRuntimeException away =
                Status.UNAVAILABLE.withDescription("no addresses").asRuntimeException();
        for (var address : addresses) {
            try {
                return bytes(address, wanted, until);
            } catch (StatusRuntimeException fault) {
                away = fault;
                if (fault.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                    break;
                }
            }
        }
        throw failed("away", away);
    }

    private byte[] bytes(String address, Wanted wanted, long until) throws IOException {
        var pieces =
                RecordingsServiceGrpc.newBlockingStub(peers.channel(address))
                        .withDeadlineAfter(until - System.nanoTime(), TimeUnit.NANOSECONDS)
                        .fetchAudio(request(wanted));
        var first = pieces.next();
        if (!first.hasSize()) {
            throw failed("unknown", null);
        }
        long size = first.getSize();
        if (size > HEADER + config.longest().toSeconds() * BYTES_A_SECOND) {
            throw failed("too-long", null);
        }
        if (!room.take(size, Duration.ofSeconds(size / BYTES_A_SECOND))) {
            throw failed("no-room", null);
        }
        var all = new ByteArrayOutputStream((int) size);
        while (pieces.hasNext()) {
            var piece = pieces.next().getAudio();
            if (all.size() + piece.size() > size) {
                throw failed("too-long", null);
            }
            piece.writeTo(all);
        }
        return all.toByteArray();
    }

    private static FetchAudioRequest request(Wanted wanted) {
        return FetchAudioRequest.newBuilder()
                .setTenantId(wanted.tenant())
                .setRecordingId(wanted.recording())
                .setActor(
                        Actor.newBuilder()
                                .setId(wanted.listener())
                                .setExtension(wanted.listenerExtension()))
                .build();
    }

    private IOException failed(String why, StatusRuntimeException fault) {
        count(why);
        return new IOException("a recording is not played: " + why, fault);
    }

    private void count(String outcome) {
        metrics.counter("panacall.media.recordings.fetched", "outcome", outcome).increment();
    }
}
