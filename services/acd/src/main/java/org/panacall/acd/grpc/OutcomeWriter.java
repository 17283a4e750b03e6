// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.Status;
import java.util.Optional;
import org.panacall.acd.Wording;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.agent.Agent;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.proto.acd.v1.AgentNotAvailable;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.CallTaken;
import org.panacall.proto.acd.v1.EnqueueCallResponse;
import org.panacall.proto.acd.v1.ExtendWrapUpResponse;
import org.panacall.proto.acd.v1.ExtensionUnknown;
import org.panacall.proto.acd.v1.NotExtendable;
import org.panacall.proto.acd.v1.PlaceCallResponse;
import org.panacall.proto.acd.v1.QueueFull;
import org.panacall.proto.acd.v1.QueueUnknown;
import org.panacall.proto.acd.v1.ReasonUnknown;
import org.panacall.proto.acd.v1.SetAgentStateResponse;

/** What came of a command as an answer: each refusal is an outcome. */
final class OutcomeWriter {

    private OutcomeWriter() {}

    static EnqueueCallResponse enqueued(String tenant, Optional<Refusal> refusal) {
        var response = EnqueueCallResponse.newBuilder();
        if (refusal.isEmpty()) {
            return response.setTaken(taken(tenant)).build();
        }
        switch (refusal.get()) {
            case Refusal.QueueUnknown unknown ->
                    response.setQueueUnknown(QueueUnknown.getDefaultInstance());
            case Refusal.QueueFull full -> response.setQueueFull(QueueFull.getDefaultInstance());
            case Refusal.ExtensionUnknown unknown ->
                    response.setExtensionUnknown(ExtensionUnknown.getDefaultInstance());
            case Refusal.TooManyCalls many -> response.setQueueFull(QueueFull.getDefaultInstance());
            case Refusal.AgentNotAvailable away -> throw impossible();
            case Refusal.ReasonUnknown unknown -> throw impossible();
            case Refusal.NotExtendable not -> throw impossible();
            case Refusal.OfCallback not -> throw impossible();
        }
        return response.build();
    }

    private static CallTaken taken(String tenant) {
        return CallTaken.newBuilder().setController(Watched.controller(tenant)).build();
    }

    static PlaceCallResponse placed(String tenant, Optional<Refusal> refusal) {
        var response = PlaceCallResponse.newBuilder();
        if (refusal.isEmpty()) {
            return response.setTaken(taken(tenant)).build();
        }
        switch (refusal.get()) {
            case Refusal.ExtensionUnknown unknown ->
                    response.setExtensionUnknown(ExtensionUnknown.getDefaultInstance());
            case Refusal.AgentNotAvailable(var state) ->
                    response.setAgentNotAvailable(
                            AgentNotAvailable.newBuilder().setState(Wording.state(state)));
            case Refusal.TooManyCalls many ->
                    throw Status.RESOURCE_EXHAUSTED
                            .withDescription("the tenant has as many calls as it may")
                            .asRuntimeException();
            case Refusal.QueueUnknown unknown -> throw impossible();
            case Refusal.QueueFull full -> throw impossible();
            case Refusal.ReasonUnknown unknown -> throw impossible();
            case Refusal.NotExtendable not -> throw impossible();
            case Refusal.OfCallback not -> throw impossible();
        }
        return response.build();
    }

    static SetAgentStateResponse refused(Refusal refusal) {
        var response = SetAgentStateResponse.newBuilder();
        return refusal instanceof Refusal.ReasonUnknown
                ? response.setReasonUnknown(ReasonUnknown.getDefaultInstance()).build()
                : response.setExtensionUnknown(ExtensionUnknown.getDefaultInstance()).build();
    }

    static SetAgentStateResponse said(Acd acd, Extension extension) {
        return status(acd, extension)
                .map(status -> SetAgentStateResponse.newBuilder().setAgent(status).build())
                .orElseGet(() -> refused(new Refusal.ExtensionUnknown()));
    }

    static ExtendWrapUpResponse notExtended(Refusal refusal) {
        var response = ExtendWrapUpResponse.newBuilder();
        return refusal instanceof Refusal.NotExtendable
                ? response.setNotExtendable(NotExtendable.getDefaultInstance()).build()
                : response.setExtensionUnknown(ExtensionUnknown.getDefaultInstance()).build();
    }

    static ExtendWrapUpResponse extended(Acd acd, Extension extension) {
        return status(acd, extension)
                .map(status -> ExtendWrapUpResponse.newBuilder().setAgent(status).build())
                .orElseGet(() -> notExtended(new Refusal.ExtensionUnknown()));
    }

    private static Optional<AgentStatus> status(Acd acd, Extension extension) {
        var person = acd.plan().personBy(extension).map(PersonPlan::id);
        return acd.agents().stream()
                .filter(agent -> person.equals(Optional.of(agent.id())))
                .findFirst()
                .map((Agent agent) -> StatusWriter.agent(acd, agent));
    }

    private static IllegalStateException impossible() {
        return new IllegalStateException("no such refusal of this command");
    }
}
