// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.panacall.media.io.MediaLoop;
import org.panacall.media.mix.Matrix;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.LegSettings;
import org.panacall.media.pipeline.LegStatistics;
import org.panacall.media.pipeline.Notice;
import org.panacall.media.pipeline.Rooms;
import org.panacall.media.pipeline.Shard.Joined;
import org.panacall.media.pipeline.Shard.KeysSent;
import org.panacall.media.play.Play;
import org.panacall.media.rtp.StreamSeed;
import org.panacall.media.tap.Recorder;

/**
 * The control plane of one node: which leg lives in which shard. All legs of a call share a shard,
 * so that a bridge needs one thread. Any thread; answers come from the media threads.
 */
public final class MediaNode implements Notice.Sink, AutoCloseable {

    private final Map<String, Home> homes = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Notice.Sink notices;
    private final Bounds bounds;
    private volatile List<MediaLoop> loops = List.of();
    private volatile boolean warm;
    private volatile boolean draining;

    private record Home(LegIdentity leg, MediaLoop loop) {}

    /** Beyond these a request is refused. */
    public record Bounds(int legs, int legsOfBridge) {}

    public MediaNode(Notice.Sink notices, Bounds bounds) {
        this.notices = notices;
        this.bounds = bounds;
    }

    /** Begins work; ready once the code is warm. */
    public void start(List<MediaLoop> started, Duration warmUpAtMost) {
        loops = List.copyOf(started);
        loops.forEach(MediaLoop::start);
        Thread.ofPlatform()
                .name("warm-up")
                .daemon()
                .start(
                        () -> {
                            WarmUp.run(warmUpAtMost);
                            warm = true;
                        });
    }

    /** Takes no new legs from now on. */
    public void drain() {
        draining = true;
    }

    /** Legs at present. */
    public int legs() {
        return homes.size();
    }

    public boolean ready() {
        return warm && !draining && !loops.isEmpty() && loops.stream().allMatch(MediaLoop::alive);
    }

    @Override
    public void accept(LegIdentity leg, Notice notice) {
        if (notice instanceof Notice.LegClosed) {
            homes.remove(leg.legId());
        }
        notices.accept(leg, notice);
    }

    /** The RTP port of the leg; empty when this node takes no more. */
    public CompletableFuture<Optional<Integer>> open(LegIdentity leg) {
        var known = homes.get(leg.legId());
        boolean full = !ready() || homes.size() >= bounds.legs();
        if (known == null && full) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var loop = known == null ? loopOf(leg.callId()) : known.loop();
        var seed = seed();
        var home = new Home(leg, loop);
        // Known before it is open, so that a close that overtakes the media thread follows it.
        boolean fresh = homes.putIfAbsent(leg.legId(), home) == null;
        try {
            return loop.ask(
                    (shard, now) -> {
                        homes.put(leg.legId(), home);
                        shard.open(leg, seed, now);
                        return Optional.of(loop.port());
                    });
        } catch (RejectedExecutionException busy) {
            if (fresh) homes.remove(leg.legId());
            throw busy;
        }
    }

    /** False when the leg is unknown, here and below. */
    public CompletableFuture<Boolean> configure(String legId, LegSettings settings) {
        return ask(legId, false, (shard, now) -> shard.configure(legId, settings, now));
    }

    public CompletableFuture<Optional<LegStatistics>> close(String legId) {
        return ask(legId, Optional.empty(), (shard, now) -> shard.close(legId, now));
    }

    public CompletableFuture<Boolean> setMatrix(String bridgeId, List<Matrix.Cell> cells) {
        var legs = new Matrix(cells).legs();
        if (legs.size() > bounds.legsOfBridge()) {
            throw new IllegalArgumentException(
                    "a bridge has at most " + bounds.legsOfBridge() + " legs");
        }
        if (legs.isEmpty()) {
            return dissolve(bridgeId);
        }
        var loop = homes.get(legs.iterator().next());
        for (var leg : legs) {
            var home = homes.get(leg);
            if (loop == null || home == null) {
                return CompletableFuture.completedFuture(false);
            }
            if (home.loop() != loop.loop()) {
                throw new IllegalArgumentException("legs of a bridge must be of one call");
            }
        }
        return loop.loop().ask((shard, now) -> shard.setMatrix(bridgeId, cells, now));
    }

    private CompletableFuture<Boolean> dissolve(String bridgeId) {
        var all =
                loops.stream()
                        .map(loop -> loop.ask((s, now) -> s.setMatrix(bridgeId, List.of(), now)))
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all).thenApply(any -> true);
    }

    public CompletableFuture<Boolean> play(String legId, Play play) {
        return ask(legId, false, (shard, now) -> shard.play(legId, play, now));
    }

    public CompletableFuture<Boolean> stopPlay(String legId, String playId) {
        return ask(legId, false, (shard, now) -> shard.stopPlay(legId, playId, now));
    }

    public CompletableFuture<KeysSent> sendKeys(String legId, int[] codes) {
        return ask(legId, KeysSent.LEG_UNKNOWN, (s, now) -> s.sendKeys(legId, codes, now));
    }

    /** The recording of a talk that is under way; empty when there is none. */
    public CompletableFuture<Optional<String>> recordingOf(String one, String other) {
        return ask(one, Optional.empty(), (shard, now) -> shard.recordingOf(one, other));
    }

    /** False when a leg is unknown. */
    public CompletableFuture<Boolean> record(String one, String other, Recorder recorder) {
        return ask(one, false, (shard, now) -> shard.record(one, other, recorder));
    }

    /** Ends the recording of a talk; false when there is none. */
    public CompletableFuture<Boolean> endRecording(String one, String other) {
        return ask(one, false, (shard, now) -> shard.endRecording(one, other));
    }

    /** As many in a room as a bridge may have; all of them must share a thread. */
    public CompletableFuture<Joined> join(String legId, String roomId, Rooms.Manners manners) {
        if (loops.size() > 1) {
            throw new IllegalArgumentException("rooms are kept by nodes of one shard");
        }
        int most = Math.min(manners.most(), bounds.legsOfBridge());
        var kept = new Rooms.Manners(most, manners.music(), manners.signs());
        return ask(legId, Joined.LEG_UNKNOWN, (s, now) -> s.join(legId, roomId, kept, now));
    }

    public CompletableFuture<Boolean> leaveRoom(String legId) {
        return ask(legId, false, (shard, now) -> shard.leaveRoom(legId, now));
    }

    /** Empty when the leg is unknown. */
    public Optional<LegIdentity> identityOf(String legId) {
        return Optional.ofNullable(homes.get(legId)).map(Home::leg);
    }

    public List<MediaLoop> loops() {
        return loops;
    }

    @Override
    public void close() {
        draining = true;
        loops.forEach(MediaLoop::close);
    }

    private <T> CompletableFuture<T> ask(String legId, T unknown, MediaLoop.Work<T> work) {
        var home = homes.get(legId);
        return home == null ? CompletableFuture.completedFuture(unknown) : home.loop().ask(work);
    }

    private MediaLoop loopOf(String callId) {
        var all = loops;
        return all.get(Math.floorMod(callId.hashCode(), all.size()));
    }

    private StreamSeed seed() {
        var name = new byte[8];
        random.nextBytes(name);
        return new StreamSeed(
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                HexFormat.of().formatHex(name) + "@panacall");
    }
}
