// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.nats;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.panacall.defaults.ProtoTimes;
import org.panacall.engine.Codec;
import org.panacall.engine.Turn;
import org.panacall.engine.id.Ids;
import org.panacall.ivr.EventWording;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;

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
                .setIvr(EventWording.payload(event))
                .build();
    }

    static Timestamp timestamp(Instant at) {
        return ProtoTimes.timestamp(at);
    }
}
