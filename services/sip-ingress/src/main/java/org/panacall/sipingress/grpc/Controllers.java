// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.engine.effect.Lanes;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.AcdServiceGrpc.AcdServiceBlockingStub;
import org.panacall.proto.acd.v1.CallTaken;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.EnqueueCallResponse;
import org.panacall.proto.acd.v1.RingingTerms;
import org.panacall.proto.acd.v1.SetAgentStateRequest;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.sipingress.CallWords;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.Ways;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.plan.Destination;
import org.panacall.sipingress.core.plan.TenantId;

/**
 * Asks ivr and acd to take calls: one instance after another, following acd's word about who leads
 * a tenant, within one deadline. The core gets an answer, come what may.
 */
public final class Controllers {

    private static final Logger LOG = Logger.getLogger(Controllers.class);
    private static final int LEADERS_MAX = 10_000;
    private static final int HOPS_MAX = 6;
    private static final long AGAIN_NANOS = 150_000_000;

    /**
     * Longer than acd takes to say that it cannot answer; a frozen instance must not use up all
     * time when there is another.
     */
    private static final long ATTEMPT_MILLIS = 1_200;

    /** What a request that had all the time may have had less. */
    private static final Duration ROUNDING = Duration.ofMillis(100);

    private final Peers peers;
    private final Places places;
    private final Lanes lanes;
    private final IngressShard shard;
    private final Presence presence;
    private final AtomicInteger turn = new AtomicInteger();
    private final ConcurrentHashMap<TenantId, String> leaders = new ConcurrentHashMap<>();
    private final Attempts ivr;
    private final Attempts acd;

    /**
     * Who is where.
     *
     * @param us our gRPC address as others call it
     */
    public record Places(List<String> ivr, List<String> acd, String us, Patience patience) {}

    /** How long an instance may say nothing until it is taken to hang. */
    public record Patience(Duration ivr, Duration acd) {}

    public Controllers(
            Peers peers, Places places, Lanes lanes, IngressShard shard, MeterRegistry registry) {
        this.peers = peers;
        this.places = places;
        this.lanes = lanes;
        this.shard = shard;
        presence = new Presence(peers, shard);
        var patience = places.patience();
        ivr = new Attempts("ivr", places.ivr(), patience.ivr().minus(ROUNDING), registry);
        acd = new Attempts("acd", places.acd(), patience.acd(), registry);
    }

    /** Somebody at this address listens to a controller's notices: it is there while he is. */
    public void follow(Controller controller, String address) {
        presence.follow(controller, address);
    }

    /** Asks for a controller. Never blocks. */
    public void ask(IngressEffect.AskController asked) {
        var call = asked.handed().call();
        submit(call.value(), () -> shard.deliver(take(asked)), () -> shard.deliver(away(asked)));
    }

    /** Sets an agent's state. Never blocks. */
    public void set(IngressEffect.SetAgentState wanted) {
        submit(
                wanted.call().value(),
                () -> {
                    boolean done = set(wanted, new Deadline(places.patience().ivr()));
                    shard.deliver(new IngressCommand.AgentCodeAnswered(wanted.call(), done));
                },
                () -> shard.deliver(new IngressCommand.AgentCodeAnswered(wanted.call(), false)));
    }

    private void submit(String key, Runnable task, Runnable otherwise) {
        if (!lanes.submit(key, task)) Thread.ofVirtual().start(otherwise);
    }

    private static IngressCommand away(IngressEffect.AskController asked) {
        LOG.debugf("nobody answered for call %s", asked.handed().call().value());
        return new IngressCommand.ControllerAway(asked.handed().call(), asked.request());
    }

    private static IngressCommand refused(IngressEffect.AskController asked) {
        LOG.warnf("nobody took call %s", asked.handed().call().value());
        return new IngressCommand.ControllerRefused(asked.handed().call(), asked.request());
    }

    private static IngressCommand took(IngressEffect.AskController asked, Controller controller) {
        var call = asked.handed().call();
        return new IngressCommand.ControllerTook(call, asked.request(), controller);
    }

    /** The time that is left for all attempts. */
    private record Deadline(long endNanos) {
        Deadline(Duration timeout) {
            this(System.nanoTime() + timeout.toNanos());
        }

        long leftMillis() {
            return Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime()));
        }

        boolean isOver() {
            return endNanos - System.nanoTime() <= 0;
        }
    }

    private IngressCommand take(IngressEffect.AskController asked) {
        var deadline = new Deadline(asked.patience());
        return switch (asked.target()) {
            case Destination.Flow flow -> startRun(asked, flow, deadline);
            case Destination.Queue(var queue, var attributes) -> {
                var request = enqueue(asked.handed()).setQueueId(queue);
                yield enqueue(request.putAllAttributes(attributes).build(), asked, deadline);
            }
            case Destination.Rung rung -> {
                var request = enqueue(asked.handed()).setFallbackQueueId(rung.fallbackQueue());
                switch (rung) {
                    case Destination.Person person -> request.setExtension(person.target());
                    case Destination.Telephone phone -> request.setNumber(phone.number());
                    case Destination.Group all -> request.setGroup(Ways.message(all.group()));
                }
                yield enqueue(request.setTerms(terms(rung)).build(), asked, deadline);
            }
        };
    }

    private static RingingTerms terms(Destination.Rung rung) {
        var message = RingingTerms.newBuilder().setOnlyExtension(rung.terms().onlyExtension());
        rung.terms().ringTimeout().map(Ways::message).ifPresent(message::setRingTimeout);
        rung.terms().back().ifPresent(way -> message.addAllExits(way.exits()));
        return message.build();
    }

    private IngressCommand startRun(
            IngressEffect.AskController asked, Destination.Flow flow, Deadline deadline) {
        var handed = asked.handed();
        var request =
                StartRunRequest.newBuilder()
                        .setCallId(handed.call().value())
                        .setTenantId(handed.tenant().value())
                        .setFlowId(flow.target())
                        .setBookmark(
                                flow.entry().back().map(Ways::bookmark).orElse(ByteString.EMPTY))
                        .setExit(flow.entry().exit())
                        .setFromQueueId(flow.entry().fromQueue())
                        .putAllVariables(flow.entry().variables())
                        .setLegId(handed.leg().value())
                        .setCallerNumber(handed.from())
                        .setDialledNumber(handed.to())
                        .setSipIngress(places.us())
                        .setAnswered(handed.answered())
                        .setTraceparent(handed.traceparent())
                        .build();
        var candidates = new ArrayDeque<>(rotated(places.ivr()));
        while (!candidates.isEmpty() && !deadline.isOver()) {
            var address = candidates.removeFirst();
            long left = deadline.leftMillis();
            long millis = candidates.isEmpty() ? left : Math.min(left, ATTEMPT_MILLIS);
            var answer =
                    ivr.ask(
                            address,
                            millis,
                            () ->
                                    IvrServiceGrpc.newBlockingStub(peers.channel(address))
                                            .withDeadlineAfter(millis, TimeUnit.MILLISECONDS)
                                            .startRun(request));
            if (answer.isPresent() && answer.get().hasStarted()) {
                var ivr = CallWords.ofMessage(answer.get().getStarted().getController());
                presence.follow(ivr, address);
                return took(asked, ivr);
            }
            if (answer.isPresent() && answer.get().hasFlowUnknown()) return refused(asked);
        }
        return away(asked);
    }

    private EnqueueCallRequest.Builder enqueue(IngressEffect.Handed handed) {
        return EnqueueCallRequest.newBuilder()
                .setCallId(handed.call().value())
                .setTenantId(handed.tenant().value())
                .setLegId(handed.leg().value())
                .setCallerNumber(handed.from())
                .setDialledNumber(handed.to())
                .setSipIngress(places.us())
                .setAnswered(handed.answered())
                .addAllLiveLegIds(handed.liveLegs().stream().map(LegId::value).toList())
                .setTraceparent(handed.traceparent());
    }

    private IngressCommand enqueue(
            EnqueueCallRequest request, IngressEffect.AskController asked, Deadline deadline) {
        var answer =
                askAcd(
                        asked.handed().tenant(),
                        deadline,
                        acd -> enqueue(acd, request),
                        said ->
                                said.hasNotLeader()
                                        ? Optional.of(said.getNotLeader().getLeader())
                                        : Optional.empty());
        if (answer.isEmpty()) return away(asked);
        return answer.get().hasTaken()
                ? took(asked, followed(asked.handed().tenant(), answer.get().getTaken()))
                : refused(asked);
    }

    /** What acd finds fault with it would find fault with again: that is a no. */
    private static EnqueueCallResponse enqueue(
            AcdServiceBlockingStub acd, EnqueueCallRequest request) {
        try {
            return acd.enqueueCall(request);
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) throw failure;
            return EnqueueCallResponse.getDefaultInstance();
        }
    }

    private Controller followed(TenantId tenant, CallTaken taken) {
        var acd = CallWords.ofMessage(taken.getController());
        Optional.ofNullable(leaders.get(tenant)).ifPresent(leader -> presence.follow(acd, leader));
        return acd;
    }

    private boolean set(IngressEffect.SetAgentState wanted, Deadline deadline) {
        var request =
                SetAgentStateRequest.newBuilder()
                        .setTenantId(wanted.tenant().value())
                        .setExtension(wanted.extension())
                        .setReady(wanted.ready())
                        .build();
        return askAcd(
                        wanted.tenant(),
                        deadline,
                        acd -> acd.setAgentState(request),
                        answer ->
                                answer.hasNotLeader()
                                        ? Optional.of(answer.getNotLeader().getLeader())
                                        : Optional.empty())
                .filter(answer -> answer.hasAgent())
                .isPresent();
    }

    /** Asks until somebody who leads the tenant answers: another one may be about to take over. */
    private <A> Optional<A> askAcd(
            TenantId tenant,
            Deadline deadline,
            Function<AcdServiceBlockingStub, A> question,
            Function<A, Optional<String>> leaderElsewhere) {
        while (true) {
            var answer = askRound(tenant, deadline, question, leaderElsewhere);
            // Without an address, too.
            if (answer.isPresent() || acd.allHang()) return answer;
            LockSupport.parkNanos(AGAIN_NANOS);
            if (deadline.isOver()) return Optional.empty();
        }
    }

    /** Asks the tenant's leader, as far as we know him; else whoever knows him. */
    private <A> Optional<A> askRound(
            TenantId tenant,
            Deadline deadline,
            Function<AcdServiceBlockingStub, A> question,
            Function<A, Optional<String>> leaderElsewhere) {
        var candidates = new LinkedHashSet<String>();
        Optional.ofNullable(leaders.get(tenant)).ifPresent(candidates::add);
        candidates.addAll(rotated(places.acd()));
        for (int hop = 0; hop < HOPS_MAX && !candidates.isEmpty() && !deadline.isOver(); hop++) {
            var address = candidates.removeFirst();
            long millis = Math.min(deadline.leftMillis(), ATTEMPT_MILLIS);
            var answer = acd.ask(address, millis, () -> question.apply(stub(address, millis)));
            if (answer.isEmpty()) continue;
            var leader = answer.flatMap(leaderElsewhere);
            if (leader.isEmpty()) {
                if (leaders.size() >= LEADERS_MAX) leaders.clear();
                leaders.put(tenant, address);
                return answer;
            }
            leader.filter(name -> !name.isEmpty() && !name.equals(address))
                    .ifPresent(candidates::addFirst);
        }
        leaders.remove(tenant);
        return Optional.empty();
    }

    private AcdServiceBlockingStub stub(String address, long millis) {
        return AcdServiceGrpc.newBlockingStub(peers.channel(address))
                .withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    }

    private List<String> rotated(List<String> addresses) {
        if (addresses.isEmpty()) return addresses;
        int first = Math.floorMod(turn.getAndIncrement(), addresses.size());
        var order = new ArrayList<>(addresses.subList(first, addresses.size()));
        order.addAll(addresses.subList(0, first));
        return order;
    }
}
