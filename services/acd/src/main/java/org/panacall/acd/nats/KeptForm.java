// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import org.panacall.acd.Wording;
import org.panacall.acd.core.Acd.Kept;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.AcdEvent.Stamp;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.call.Call;
import org.panacall.acd.core.call.PlacedCall;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.proto.acd.v1.CallEnding;
import org.panacall.proto.acd.v1.KeptAgent;
import org.panacall.proto.acd.v1.KeptPlacedCall;
import org.panacall.proto.acd.v1.Leaving;
import org.panacall.proto.acd.v1.NumberDialled;
import org.panacall.proto.acd.v1.Talking;
import org.panacall.proto.acd.v1.TenantSnapshot;
import org.panacall.proto.event.v1.Event;

/** What is the case with a tenant as bytes, in the words of its events, and back. */
public final class KeptForm {

    private static final int VERSION = 3;

    /** One offer a call at most; the rest is the same. */
    private static final int VERSION_OLDEST = 1;

    private KeptForm() {}

    public static byte[] write(Kept kept) {
        var snapshot =
                TenantSnapshot.newBuilder()
                        .setVersion(VERSION)
                        .setEpoch(kept.epoch())
                        .setArrivals(kept.arrivals());
        kept.agents().forEach(agent -> snapshot.addAgents(write(agent)));
        for (var call : kept.calls()) {
            switch (call) {
                case QueuedCall queued -> snapshot.addQueuedCalls(QueuedCallForm.write(queued));
                case PlacedCall placed -> snapshot.addPlacedCalls(write(placed));
            }
        }
        kept.ledgers().forEach(ledger -> snapshot.addLedgers(LedgerForm.write(ledger)));
        WaitsForm.write(kept.waits(), snapshot);
        return snapshot.build().toByteArray();
    }

    /**
     * @throws IllegalArgumentException when it is of a version that we do not know
     */
    public static Kept read(byte[] bytes) {
        try {
            var snapshot = TenantSnapshot.parseFrom(bytes);
            if (snapshot.getVersion() < VERSION_OLDEST || snapshot.getVersion() > VERSION) {
                throw new IllegalArgumentException("version " + snapshot.getVersion());
            }
            var calls = new ArrayList<Call>();
            snapshot.getQueuedCallsList().forEach(call -> calls.add(QueuedCallForm.read(call)));
            snapshot.getPlacedCallsList().forEach(call -> calls.add(read(call)));
            var agents = snapshot.getAgentsList().stream().map(KeptForm::read).toList();
            var ledgers = snapshot.getLedgersList().stream().map(LedgerForm::read).toList();
            return new Kept(
                    snapshot.getEpoch(),
                    snapshot.getArrivals(),
                    agents,
                    calls,
                    ledgers,
                    WaitsForm.read(snapshot));
        } catch (InvalidProtocolBufferException torn) {
            throw new IllegalArgumentException(torn);
        }
    }

    private static KeptAgent write(Agent agent) {
        return KeptAgent.newBuilder()
                .setAgentId(agent.id().value())
                .setSequence(agent.sequence())
                .setState(AgentForm.write(agent))
                .build();
    }

    private static Agent read(KeptAgent kept) {
        return AgentForm.read(new AgentId(kept.getAgentId()), kept.getSequence(), kept.getState());
    }

    private static KeptPlacedCall write(PlacedCall call) {
        var until =
                call.state() instanceof PlacedCall.State.RingingAgent ringing
                        ? ringing.until()
                        : call.since();
        var placing = new AcdEvent.CallPlaced.Placing(call.plan(), call.sipIngress(), until, "");
        var stamp = new Stamp(call.since(), call.sequence());
        var placed = new AcdEvent.CallPlaced(stamp, call.id(), call.agent(), placing);
        var kept =
                KeptPlacedCall.newBuilder()
                        .setCallId(call.id().value())
                        .setSequence(call.sequence())
                        .setPlaced(EventWriter.placed(placed))
                        .setSince(Wording.time(call.since()));
        switch (call.state()) {
            case PlacedCall.State.RingingAgent ringing -> {}
            case PlacedCall.State.RingingNumber ringing ->
                    kept.setRinging(
                            NumberDialled.newBuilder()
                                    .setLegId(ringing.leg().value())
                                    .setRingsUntil(Wording.time(ringing.until())));
            case PlacedCall.State.Talking talking ->
                    kept.setTalking(Talking.newBuilder().setLegId(talking.leg().value()));
            case PlacedCall.State.Telling telling ->
                    kept.setTelling(
                            CallEnding.newBuilder()
                                    .setEndReason(Wording.reason(telling.reason()))
                                    .setToldUntil(Wording.time(telling.until())));
            case PlacedCall.State.Leaving leaving ->
                    kept.setLeaving(leaving(leaving.talked(), leaving.forgottenAt()));
        }
        return kept.build();
    }

    private static PlacedCall read(KeptPlacedCall kept) {
        var event = event(kept.getCallId(), kept.getSequence(), kept.getSince());
        event.getAcdBuilder().setCallPlaced(kept.getPlaced());
        var placed = (AcdEvent.CallPlaced) EventReader.read(event.build());
        return new PlacedCall(
                new CallId(kept.getCallId()),
                placed.agent(),
                placed.placing().plan(),
                placed.placing().sipIngress(),
                state(kept, placed.placing().ringsUntil()),
                kept.getSequence());
    }

    private static PlacedCall.State state(KeptPlacedCall kept, Instant ringsUntil) {
        var since = time(kept.getSince());
        return switch (kept.getStateCase()) {
            case STATE_NOT_SET -> new PlacedCall.State.RingingAgent(since, ringsUntil);
            case RINGING ->
                    new PlacedCall.State.RingingNumber(
                            new LegId(kept.getRinging().getLegId()),
                            since,
                            time(kept.getRinging().getRingsUntil()));
            case TALKING ->
                    new PlacedCall.State.Talking(new LegId(kept.getTalking().getLegId()), since);
            case TELLING ->
                    new PlacedCall.State.Telling(
                            Wording.reason(kept.getTelling().getEndReason()),
                            since,
                            time(kept.getTelling().getToldUntil()));
            case LEAVING ->
                    new PlacedCall.State.Leaving(
                            kept.getLeaving().getTalked(),
                            since,
                            time(kept.getLeaving().getForgottenAt()));
        };
    }

    private static Leaving.Builder leaving(boolean talked, Instant forgottenAt) {
        return Leaving.newBuilder().setTalked(talked).setForgottenAt(Wording.time(forgottenAt));
    }

    static Event.Builder event(String call, long sequence, Timestamp at) {
        return Event.newBuilder().setEntityId(call).setEntitySequence(sequence).setAt(at);
    }

    private static Instant time(Timestamp at) {
        return Wording.time(at);
    }
}
