// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.defaults.Peers;
import org.panacall.desktop.DesktopConfig;
import org.panacall.engine.id.Ids;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.call.v1.EndReason;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc.CallControlServiceBlockingStub;
import org.panacall.proto.sipingress.v1.Effect;
import org.panacall.proto.sipingress.v1.HangUpCallRequest;
import org.panacall.proto.sipingress.v1.HangUpCallResponse;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.RunFlowRequest;
import org.panacall.proto.sipingress.v1.RunFlowResponse;

/** The live calls of all instances of sip-ingress. Blocks. */
@ApplicationScoped
public class SipIngressClient {

    private final Peers peers;
    private final List<String> instances;
    private final Duration timeout;
    private final String instance;
    private final MeterRegistry metrics;
    private final AtomicInteger turn = new AtomicInteger();

    SipIngressClient(
            Peers peers, DesktopConfig config, DefaultsConfig defaults, MeterRegistry metrics) {
        this.peers = peers;
        this.metrics = metrics;
        instances = Peers.addresses(config.sipIngress().addresses());
        timeout = config.desktop().timeout();
        instance = defaults.instance();
    }

    /**
     * Calls of a tenant after that id, by id. An instance that is away has no live calls to tell
     * of; only when all are away it is a fault.
     */
    public List<LiveCall> calls(String tenantId, String afterCallId) {
        return ask(
                ListCallsRequest.newBuilder()
                        .setTenantId(tenantId)
                        .setAfterCallId(afterCallId)
                        .build());
    }

    public Optional<LiveCall> call(String tenantId, String callId) {
        return ask(ListCallsRequest.newBuilder().setTenantId(tenantId).setCallId(callId).build())
                .stream()
                .findFirst();
    }

    /**
     * Ends a call on behalf of a person. People are no kind of controller: the service that holds
     * the call does it for them.
     */
    public HangUpCallResponse hangUp(LiveCall call) {
        var effect = effect(Ids.next("effect"));
        var reason =
                EndReason.newBuilder().setFault(Fault.FAULT_NONE).setReason("operator-hung-up");
        return stub(call.getSipIngress())
                .hangUpCall(
                        HangUpCallRequest.newBuilder()
                                .setEffect(effect)
                                .setCallId(call.getCallId())
                                .setEndReason(reason)
                                .setByOperator(true)
                                .build());
    }

    /** Gives the caller of a talk to a flow, on behalf of a person. */
    public RunFlowResponse runFlow(LiveCall call, String effectId, CallFlow flow) {
        return stub(call.getSipIngress())
                .runFlow(
                        RunFlowRequest.newBuilder()
                                .setEffect(effect(effectId))
                                .setCallId(call.getCallId())
                                .setFlowId(flow.flowId())
                                .putAllVariables(flow.variables())
                                .build());
    }

    private Effect.Builder effect(String id) {
        var sender =
                Controller.newBuilder()
                        .setKind(ControllerKind.CONTROLLER_KIND_SIP_INGRESS)
                        .setInstance(instance);
        return Effect.newBuilder().setEffectId(id).setController(sender);
    }

    /** The instance for a new call: each in turn, but for those that don't answer. */
    public String forNewCall() {
        var first = Math.floorMod(turn.getAndIncrement(), instances.size());
        for (int i = 0; i < instances.size(); i++) {
            var address = instances.get((first + i) % instances.size());
            try {
                // A call that nobody has: the cheapest question there is.
                stub(address).listCalls(ListCallsRequest.newBuilder().setCallId("none").build());
                return address;
            } catch (StatusRuntimeException away) {
                missed(address);
            }
        }
        throw Status.UNAVAILABLE.withDescription("no sip-ingress").asRuntimeException();
    }

    private List<LiveCall> ask(ListCallsRequest request) {
        var calls = new ArrayList<LiveCall>();
        var away = new ArrayList<StatusRuntimeException>();
        for (var address : instances) {
            try {
                calls.addAll(stub(address).listCalls(request).getCallsList());
            } catch (StatusRuntimeException fault) {
                missed(address);
                away.add(fault);
            }
        }
        if (away.size() == instances.size()) {
            throw away.getFirst();
        }
        calls.sort(Comparator.comparing(LiveCall::getCallId));
        return calls;
    }

    private void missed(String address) {
        metrics.counter("panacall.desktop.sip.ingress.away", "address", address).increment();
    }

    private CallControlServiceBlockingStub stub(String address) {
        return CallControlServiceGrpc.newBlockingStub(peers.channel(address))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
