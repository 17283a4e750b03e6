// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.panacall.engine.nats.KeyValueSnapshots;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.run.Situation;
import org.panacall.ivr.core.run.Situation.Frame;
import org.panacall.ivr.core.run.Trace;
import org.panacall.ivr.core.run.Traces;
import org.panacall.proto.ivr.v1.RunFrame;
import org.panacall.proto.ivr.v1.RunTrace;
import org.panacall.proto.ivr.v1.RunsSnapshot;

/** Traces of runs as snapshots. */
public final class TraceForm {

    private static final int VERSION = 1;

    private TraceForm() {}

    /** Of traces that are forgotten after that time. */
    public static KeyValueSnapshots.Form<Traces> of(Duration forgetAfter) {
        return new KeyValueSnapshots.Form<>(TraceForm::hold, bytes -> read(bytes, forgetAfter));
    }

    private static Supplier<byte[]> hold(Traces traces) {
        var epoch = traces.epoch();
        var live = traces.live();
        return () -> write(epoch, live);
    }

    private static byte[] write(long epoch, List<Trace> live) {
        var snapshot = RunsSnapshot.newBuilder().setVersion(VERSION).setEpoch(epoch);
        live.forEach(trace -> snapshot.addRuns(write(trace)));
        return snapshot.build().toByteArray();
    }

    private static RunTrace write(Trace trace) {
        var caller = trace.caller();
        return RunTrace.newBuilder()
                .setCallId(caller.call().value())
                .setLegId(caller.leg().value())
                .setTenantId(caller.tenant().value())
                .setCallerNumber(caller.numbers().caller())
                .setDialledNumber(caller.numbers().dialled())
                .setFromQueueId(caller.origin().fromQueue())
                .setRunId(caller.origin().run())
                .setSipIngress(caller.origin().sipIngress())
                .setTraceparent(caller.origin().traceparent())
                .setFlowId(trace.flow().value())
                .setStartedAt(IvrCodec.timestamp(trace.startedAt()))
                .setSequence(trace.sequence())
                // For the release before this one.
                .setStepId(step(trace.situation().frames().getFirst()))
                .putAllVisits(trace.visits())
                .setResumed(trace.resumed())
                .addAllFrames(trace.situation().frames().stream().map(TraceForm::write).toList())
                .setLanguage(trace.situation().language())
                .setRecordingNoticed(trace.situation().noticed())
                .build();
    }

    private static RunFrame write(Frame frame) {
        return RunFrame.newBuilder()
                .setFlowId(frame.flow().value())
                .setFlowVersion(frame.version())
                .setStepId(step(frame))
                .putAllVariables(frame.variables())
                .build();
    }

    private static String step(Frame frame) {
        return frame.step().map(StepId::value).orElse("");
    }

    private static Traces read(byte[] bytes, Duration forgetAfter) {
        try {
            var snapshot = RunsSnapshot.parseFrom(bytes);
            if (snapshot.getVersion() != VERSION) {
                throw new IllegalArgumentException("version " + snapshot.getVersion());
            }
            var kept = snapshot.getRunsList().stream().map(TraceForm::read).toList();
            return new Traces(forgetAfter, snapshot.getEpoch(), kept);
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalArgumentException(torn);
        }
    }

    private static Trace read(RunTrace kept) {
        var caller =
                new Caller(
                        new CallId(kept.getCallId()),
                        new LegId(kept.getLegId()),
                        new TenantId(kept.getTenantId()),
                        new Caller.Numbers(kept.getCallerNumber(), kept.getDialledNumber()),
                        new Caller.Origin(
                                kept.getRunId(),
                                kept.getSipIngress(),
                                kept.getTraceparent(),
                                kept.getFromQueueId()));
        return new Trace(
                caller,
                TraceCodec.instant(kept.getStartedAt()),
                kept.getSequence(),
                new Situation(frames(kept), kept.getLanguage(), kept.getRecordingNoticed()),
                new TreeMap<>(kept.getVisitsMap()),
                kept.getResumed());
    }

    private static List<Frame> frames(RunTrace kept) {
        var before = RunFrame.newBuilder().setFlowId(kept.getFlowId()).setStepId(kept.getStepId());
        return kept.getFramesCount() == 0
                ? List.of(read(before.build()))
                : kept.getFramesList().stream().map(TraceForm::read).toList();
    }

    private static Frame read(RunFrame kept) {
        return new Frame(
                new FlowId(kept.getFlowId()),
                kept.getFlowVersion(),
                Optional.of(kept.getStepId()).filter(id -> !id.isEmpty()).map(StepId::new),
                new TreeMap<>(kept.getVariablesMap()));
    }
}
