// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.panacall.engine.id.Ids;
import org.panacall.media.codec.Codec;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.spool.Recordings;
import org.panacall.media.spool.Spool;
import org.panacall.media.tap.Recorder;
import org.panacall.proto.call.v1.RecordingEnd;
import org.panacall.proto.call.v1.RecordingMade;
import org.panacall.proto.call.v1.RecordingOrder;
import org.panacall.proto.recordings.v1.RecordingBegin;

/** Orders to record, and what is said of them. */
@ApplicationScoped
class RecordingRequests {

    private static final long MINUTES_10 = 600_000;
    private static final long HOURS_2 = 7_200_000;
    private static final int KEYS_MAX = 12;
    private static final int TEXT_MAX = 64;

    private final Optional<Spool> spool;

    @Inject
    RecordingRequests(Recordings recordings) {
        spool = recordings.spool();
    }

    /**
     * A tap for a leg.
     *
     * @throws RejectedExecutionException when there is no room, or no key to seal it with
     */
    Recorder begin(LegIdentity leg, RecordingOrder order) {
        var limits =
                new Recorder.Limits(
                        frames("longest", order.getLongest(), 1_000, MINUTES_10),
                        order.hasSilence()
                                ? frames("silence", order.getSilence(), 500, MINUTES_10)
                                : 0,
                        frames("shortest", order.getShortest(), 0, MINUTES_10),
                        order.getEndKeys());
        if (!order.getEndKeys().matches("[0-9*#]{0," + KEYS_MAX + "}")) {
            throw new IllegalArgumentException("not an order to record");
        }
        return begin(leg, order, 1, limits)
                .orElseThrow(() -> new RejectedExecutionException("no room to record"));
    }

    /** A tap for a talk; empty when there is no room, or no key to seal it with. */
    Optional<Recorder> beginTalk(LegIdentity leg, RecordingOrder order) {
        int longest = frames("longest", order.getLongest(), 1_000, HOURS_2);
        return begin(leg, order, 2, new Recorder.Limits(longest, 0, 0, ""));
    }

    private Optional<Recorder> begin(
            LegIdentity leg, RecordingOrder order, int channels, Recorder.Limits limits) {
        if (order.getMailbox().length() > TEXT_MAX
                || order.getCallerNumber().length() > TEXT_MAX
                || order.getAgentExtension().length() > TEXT_MAX
                || order.getLanguage().length() > TEXT_MAX) {
            throw new IllegalArgumentException("not an order to record");
        }
        var what =
                RecordingBegin.newBuilder()
                        .setRecordingId(Ids.next("recording"))
                        .setTenantId(leg.tenantId())
                        .setCallId(leg.callId())
                        .setStartedAt(Timestamps.fromMillis(System.currentTimeMillis()))
                        .setChannels(channels)
                        .setOrder(order)
                        .build();
        return spool.flatMap(room -> room.begin(what, limits));
    }

    private static int frames(String name, Duration length, long least, long most) {
        long milliseconds = Durations.toMillis(length);
        if (milliseconds < least || milliseconds > most) {
            throw new IllegalArgumentException(name + " is too much, or too little");
        }
        return Recorder.Limits.frames(milliseconds);
    }

    static RecordingMade made(Recorder.Made made) {
        return RecordingMade.newBuilder()
                .setRecordingId(made.id())
                .setLength(Durations.fromMillis(made.samples() * 1_000L / Codec.RATE))
                .setEnd(RecordingEnd.valueOf("RECORDING_END_" + made.end()))
                .build();
    }
}
