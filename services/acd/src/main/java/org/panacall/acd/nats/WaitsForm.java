// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.util.Optional;
import java.util.TreeMap;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CallbackId;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.wait.Arrivals;
import org.panacall.acd.core.wait.Calibration;
import org.panacall.acd.core.wait.Experience;
import org.panacall.acd.core.wait.Handling;
import org.panacall.acd.core.wait.Patience;
import org.panacall.acd.core.waiting.Callback;
import org.panacall.acd.core.waiting.Listening;
import org.panacall.acd.core.waiting.Waits;
import org.panacall.proto.acd.v1.KeptCallback;
import org.panacall.proto.acd.v1.KeptExperience;
import org.panacall.proto.acd.v1.KeptListening;
import org.panacall.proto.acd.v1.KeptOccupation;
import org.panacall.proto.acd.v1.TenantSnapshot;

/** What is the case with those who wait, as part of a snapshot. */
final class WaitsForm {

    private WaitsForm() {}

    static void write(Waits.Kept kept, TenantSnapshot.Builder snapshot) {
        kept.listenings()
                .forEach(
                        (call, listening) ->
                                snapshot.addListenings(
                                        KeptListening.newBuilder()
                                                .setCallId(call.value())
                                                .setListening(ListeningForm.write(listening))));
        kept.occupations()
                .forEach(
                        (agent, by) ->
                                snapshot.addOccupations(
                                        KeptOccupation.newBuilder()
                                                .setAgentId(agent.value())
                                                .setQueueId(by.queue().value())
                                                .setCallId(by.call().value())
                                                .setSince(Wording.time(by.since()))));
        kept.experiences()
                .forEach((queue, learnt) -> snapshot.addExperiences(write(queue, learnt)));
        for (var callback : kept.callbacks()) {
            snapshot.addCallbacks(
                    KeptCallback.newBuilder()
                            .setCallbackId(callback.id().value())
                            .setSequence(callback.sequence())
                            .setCallback(CallbackForm.write(callback)));
        }
        kept.ingress().map(SipIngress::address).ifPresent(snapshot::setSipIngress);
    }

    private static KeptExperience write(QueueId queue, Experience.Kept learnt) {
        return KeptExperience.newBuilder()
                .setQueueId(queue.value())
                .setHandled(learnt.handling().samples())
                .setHandledSeconds(learnt.handling().seconds())
                .addAllHandledWeights(learnt.handling().weights())
                .setAbandoned(learnt.patience().abandoned())
                .setWaitedSeconds(learnt.patience().seconds())
                .addAllArrivalWeights(learnt.arrivals().weights())
                .addAllHeadStarts(learnt.arrivals().headStarts())
                .setArrivalsKnown(learnt.arrivals().known())
                .setArrivedAt(Wording.time(learnt.arrivals().at()))
                .setOffset(learnt.calibration().offset())
                .setReach(learnt.calibration().reach())
                .build();
    }

    static Waits.Kept read(TenantSnapshot snapshot) {
        var listenings = new TreeMap<CallId, Listening>();
        for (var kept : snapshot.getListeningsList()) {
            listenings.put(new CallId(kept.getCallId()), ListeningForm.read(kept.getListening()));
        }
        var occupations = new TreeMap<AgentId, Waits.Occupation>();
        for (var kept : snapshot.getOccupationsList()) {
            occupations.put(
                    new AgentId(kept.getAgentId()),
                    new Waits.Occupation(
                            new QueueId(kept.getQueueId()),
                            new CallId(kept.getCallId()),
                            Wording.time(kept.getSince())));
        }
        var experiences = new TreeMap<QueueId, Experience.Kept>();
        for (var kept : snapshot.getExperiencesList()) {
            experiences.put(new QueueId(kept.getQueueId()), read(kept));
        }
        var callbacks = snapshot.getCallbacksList().stream().map(WaitsForm::read).toList();
        var ingress =
                snapshot.getSipIngress().isEmpty()
                        ? Optional.<SipIngress>empty()
                        : Optional.of(new SipIngress(snapshot.getSipIngress()));
        return new Waits.Kept(listenings, occupations, experiences, callbacks, ingress);
    }

    private static Callback read(KeptCallback kept) {
        return CallbackForm.read(
                new CallbackId(kept.getCallbackId()), kept.getSequence(), kept.getCallback());
    }

    private static Experience.Kept read(KeptExperience kept) {
        return new Experience.Kept(
                new Handling.Kept(
                        kept.getHandled(), kept.getHandledSeconds(), kept.getHandledWeightsList()),
                new Patience.Kept(kept.getAbandoned(), kept.getWaitedSeconds()),
                new Arrivals.Kept(
                        kept.getArrivalWeightsList(),
                        kept.getHeadStartsList(),
                        kept.getArrivalsKnown(),
                        Wording.time(kept.getArrivedAt())),
                new Calibration.Kept(kept.getOffset(), kept.getReach()));
    }
}
