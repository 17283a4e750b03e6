// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdEvent;
import org.panacall.engine.Codec;
import org.panacall.engine.Turn;
import org.panacall.proto.event.v1.Event;
import org.panacall.proto.event.v1.EventBatch;

/** A tenant's turns as the messages that everybody reads: the journal is the event stream. */
public final class AcdCodec implements Codec<AcdEvent> {

    private final String tenant;
    private final long epoch;

    /**
     * @param epoch of the leader who writes
     */
    public AcdCodec(String tenant, long epoch) {
        this.tenant = tenant;
        this.epoch = epoch;
    }

    @Override
    public byte[] encode(Turn<AcdEvent> turn) {
        var batch = EventBatch.newBuilder().setService("acd").setShard(tenant).setEpoch(epoch);
        turn.events().forEach(event -> batch.addEvents(envelope(event)));
        return batch.build().toByteArray();
    }

    private Event envelope(AcdEvent event) {
        var stamp = event.stamp();
        // A call may come back after it left us, and count from 1 again: the time tells them apart.
        var id = event.entity() + "-" + stamp.sequence() + "-" + stamp.at().toEpochMilli();
        return Event.newBuilder()
                .setEventId(id)
                .setTenantId(tenant)
                .setEntityId(event.entity())
                .setEntitySequence(stamp.sequence())
                .setAt(Wording.time(stamp.at()))
                .setTraceparent(trace(event))
                .setAcd(EventWriter.write(event))
                .build();
    }

    private static String trace(AcdEvent event) {
        if (event instanceof AcdEvent.CallQueued queued) {
            return queued.trace();
        }
        return event instanceof AcdEvent.CallPlaced placed ? placed.placing().trace() : "";
    }

    @Override
    public Turn<AcdEvent> decode(byte[] message) {
        try {
            var batch = EventBatch.parseFrom(message);
            var events = batch.getEventsList().stream().map(EventReader::read).toList();
            return new Turn<>(events.getFirst().stamp().at(), events);
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalStateException("the journal holds what is no batch of events", torn);
        }
    }
}
