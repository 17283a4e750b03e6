// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.nats;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.panacall.engine.Codec;
import org.panacall.engine.Turn;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.core.EndReason;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;
import org.panacall.ivr.core.IvrEvent.InputReceived;
import org.panacall.ivr.core.IvrEvent.RunResumed;
import org.panacall.ivr.core.IvrEvent.StepEntered;
import org.panacall.ivr.core.IvrEvent.StepLeft;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;
import org.panacall.proto.ivr.v1.FlowOutcome;

/** Writes turns as event batches for readers of the stream. */
public final class IvrCodec implements Codec<IvrEvent> {

    private final String shard;
    private final long epoch;

    /**
     * @param shard of runs
     * @param epoch of whoever writes
     */
    public IvrCodec(String shard, long epoch) {
        this.shard = shard;
        this.epoch = epoch;
    }

    @Override
    public byte[] encode(Turn<IvrEvent> turn) {
        var batch = EventBatch.newBuilder().setService("ivr").setShard(shard).setEpoch(epoch);
        turn.events().forEach(event -> batch.addEvents(event(event)));
        return batch.build().toByteArray();
    }

    /** Heirs read what concerns them, see {@link TraceCodec}. */
    @Override
    public Turn<IvrEvent> decode(byte[] message) {
        throw new UnsupportedOperationException("runs are not rebuilt from their checkpoints");
    }

    private static Event event(IvrEvent event) {
        return Event.newBuilder()
                .setEventId(Ids.next("event"))
                .setTenantId(event.caller().tenant().value())
                .setEntityId(event.caller().call().value())
                .setEntitySequence(event.sequence())
                .setAt(timestamp(event.at()))
                .setTraceparent(event.caller().origin().traceparent())
                .setIvr(payload(event))
                .build();
    }

    private static org.panacall.proto.ivr.v1.IvrEvent payload(IvrEvent event) {
        var payload = org.panacall.proto.ivr.v1.IvrEvent.newBuilder();
        switch (event.fact()) {
            case FlowStarted(var flow, var version) ->
                    payload.getFlowStartedBuilder()
                            .setFlowId(flow.value())
                            .setFlowVersion(version)
                            .setLegId(event.caller().leg().value())
                            .setCallerNumber(event.caller().numbers().caller())
                            .setDialledNumber(event.caller().numbers().dialled())
                            .setSipIngress(event.caller().origin().sipIngress())
                            .setRunId(event.caller().origin().run());
            case StepEntered(var step, var visit) ->
                    payload.getStepEnteredBuilder().setStepId(step.value()).setVisit(visit);
            case InputReceived(var step, var keys, var accepted) ->
                    payload.getInputReceivedBuilder()
                            .setStepId(step.value())
                            .setKeys(keys)
                            .setAccepted(accepted);
            case StepLeft(var step, var exit) ->
                    payload.getStepLeftBuilder().setStepId(step.value()).setExit(exit);
            case RunResumed(var sipIngress) ->
                    payload.getRunResumedBuilder().setSipIngress(sipIngress);
            case FlowFinished(var ending, var target, var reason) ->
                    payload.getFlowFinishedBuilder()
                            .setOutcome(FlowOutcome.valueOf("FLOW_OUTCOME_" + ending.name()))
                            .setTarget(target)
                            .setEndReason(reason(reason));
        }
        return payload.build();
    }

    private static org.panacall.proto.call.v1.EndReason reason(EndReason reason) {
        return org.panacall.proto.call.v1.EndReason.newBuilder()
                .setFault(Fault.valueOf("FAULT_" + reason.fault().name()))
                .setReason(reason.reason())
                .build();
    }

    static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
