// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.grpc;

import io.grpc.ConnectivityState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.panacall.defaults.Peers;
import org.panacall.engine.effect.Lanes;
import org.panacall.proto.media.v1.ArrangeAnswer;
import org.panacall.proto.media.v1.ArrangeRequest;
import org.panacall.proto.media.v1.ArrangeResponse;
import org.panacall.proto.media.v1.CloseLegRequest;
import org.panacall.proto.media.v1.CloseLegResponse;
import org.panacall.proto.media.v1.JoinRoomResponse;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.proto.media.v1.OpenLegResponse;
import org.panacall.proto.media.v1.RecordTalkResponse;
import org.panacall.sipingress.IngressShard;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording;
import org.panacall.sipingress.core.call.CallEvent.TalkRecording.Outcome;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Notice;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.leg.LegQuality;
import org.panacall.sipingress.core.sdp.LocalAudio;

/**
 * Carries requests to the media nodes: those of one call one after another, together what waits for
 * the same node, and those of different calls at the same time. A call's first leg goes to the node
 * with the fewest legs of ours; when that one is full or away, to the next.
 */
public final class MediaNodes {

    private static final Logger LOG = Logger.getLogger(MediaNodes.class);

    private static final int TRIES = 3;
    private static final long REST_NANOS = 1_000_000_000;

    private final Peers peers;
    private final String instance;
    private final Duration timeout;
    private final Lanes lanes;
    private final MediaSteps steps = new MediaSteps();
    private final IngressShard shard;
    private final MeterRegistry registry;
    private final List<Node> nodes;

    /** A node, how many legs of ours are on it, and until when it is asked last. */
    private record Node(
            String address, AtomicInteger legs, AtomicLong restsUntil, AtomicBoolean drains) {
        Node(String address) {
            this(
                    address,
                    new AtomicInteger(),
                    new AtomicLong(System.nanoTime()),
                    new AtomicBoolean());
        }

        boolean rests() {
            return restsUntil.get() - System.nanoTime() > 0;
        }
    }

    /** Which nodes there are, who asks them, and how long for. */
    public record Asking(List<String> addresses, String instance, Duration timeout) {}

    public MediaNodes(
            Peers peers, Asking asking, Lanes lanes, IngressShard shard, MeterRegistry registry) {
        this.peers = peers;
        this.instance = asking.instance();
        this.timeout = asking.timeout();
        this.lanes = lanes;
        this.shard = shard;
        this.registry = registry;
        nodes = asking.addresses().stream().map(Node::new).toList();
    }

    /** Puts a request in its call's line. Never blocks. */
    public void request(IngressEffect.ForMedia request) {
        steps.add(request);
        boolean taken = lanes.submit(request.call().value(), () -> carryOut(request.call()));
        if (!taken && steps.remove(request)) Thread.ofVirtual().start(() -> failed(request));
    }

    /** Nothing when what waited went with what was before it. */
    private void carryOut(CallId call) {
        var together = steps.next(call);
        if (together.isEmpty()) return;
        try {
            switch (together.getFirst()) {
                case IngressEffect.OpenMedia open -> open(open);
                case IngressEffect.CloseMedia close when close.node().isEmpty() ->
                        closeEverywhere(close);
                case IngressEffect.CloseMedia close -> arrange(close.node(), together);
                case IngressEffect.ConfigureMedia configure -> arrange(configure.node(), together);
                case IngressEffect.SetMatrix matrix -> arrange(matrix.node(), together);
                case IngressEffect.PlayPrompts play -> arrange(play.node(), together);
                case IngressEffect.StopPrompts stop -> arrange(stop.node(), together);
                case IngressEffect.PlayKeys keys -> arrange(keys.node(), together);
                case IngressEffect.JoinRoom join -> arrange(join.node(), together);
                case IngressEffect.LeaveRoom leave -> arrange(leave.node(), together);
                case IngressEffect.RecordTalk talk -> arrange(talk.node(), together);
            }
        } catch (StatusRuntimeException | IllegalStateException fault) {
            for (var request : together) {
                LOG.warnf("media: %s failed: %s", name(request), fault.getMessage());
                if (request instanceof IngressEffect.PlayPrompts play && isAway(fault)) {
                    unknown(play);
                } else {
                    failed(request);
                }
            }
        }
    }

    private void arrange(String node, List<IngressEffect.ForMedia> together) {
        var request = ArrangeRequest.newBuilder();
        for (var one : together) {
            request.addSteps(MediaSteps.step(one));
            if (one instanceof IngressEffect.CloseMedia) forgetOne(node);
        }
        boolean sayAgain = together.stream().anyMatch(MediaNodes::saysHowItIs);
        var whole = request.build();
        Supplier<ArrangeResponse> asking = () -> stub(node).arrange(whole);
        var answers = sayAgain ? persistently(asking) : asking.get();
        for (int at = 0; at < together.size(); at++) {
            answered(together.get(at), answers.getAnswers(at));
        }
    }

    /** Such a request may be made again, and those beside it do nothing when they are. */
    private static boolean saysHowItIs(IngressEffect.ForMedia request) {
        return request instanceof IngressEffect.ConfigureMedia
                || request instanceof IngressEffect.SetMatrix
                || request instanceof IngressEffect.CloseMedia
                || request instanceof IngressEffect.JoinRoom
                || request instanceof IngressEffect.LeaveRoom
                || request instanceof IngressEffect.RecordTalk;
    }

    private void answered(IngressEffect.ForMedia request, ArrangeAnswer answer) {
        if (answer.hasFailed()) {
            LOG.warnf("media: %s failed: %s", name(request), answer.getFailed().getReason());
            failed(request);
            return;
        }
        switch (request) {
            case IngressEffect.CloseMedia close -> closed(close, answer.getCloseLeg());
            case IngressEffect.ConfigureMedia configure -> {
                if (answer.getConfigureLeg().hasLegUnknown()) failed(configure);
            }
            case IngressEffect.SetMatrix matrix -> {
                if (answer.getSetMatrix().hasLegUnknown()) failed(matrix);
            }
            case IngressEffect.PlayPrompts play -> {
                if (answer.getPlayPrompts().hasLegUnknown()) unknown(play);
            }
            case IngressEffect.OpenMedia open -> {}
            case IngressEffect.StopPrompts stop -> {}
            case IngressEffect.PlayKeys keys -> {}
            case IngressEffect.LeaveRoom leave -> {}
            case IngressEffect.JoinRoom join -> joined(join, answer.getJoinRoom());
            case IngressEffect.RecordTalk talk -> recorded(talk, answer.getRecordTalk());
        }
    }

    private void joined(IngressEffect.JoinRoom join, JoinRoomResponse answer) {
        if (answer.hasLegUnknown()) {
            shard.deliver(new IngressCommand.MediaFailed(join.leg()));
            return;
        }
        var outcome = answer.hasRoomFull() ? Notice.RoomOutcome.FULL : Notice.RoomOutcome.JOINED;
        shard.deliver(new IngressCommand.RoomAnswered(join.leg(), join.room().name(), outcome));
    }

    private void recorded(IngressEffect.RecordTalk talk, RecordTalkResponse answer) {
        switch (answer.getOutcomeCase()) {
            case RECORDED -> {
                var recording = answer.getRecorded().getRecordingId();
                tell(new TalkRecording(talk.legs().other(), Outcome.RECORDED, recording));
            }
            case NO_ROOM -> tell(TalkRecording.not(talk.legs().other(), Outcome.NO_ROOM));
            case DONE -> {}
            // It is asked for again wherever the legs will be.
            case LEG_UNKNOWN -> shard.deliver(new IngressCommand.MediaFailed(talk.legs().one()));
            case OUTCOME_NOT_SET -> failed(talk);
        }
    }

    private void tell(TalkRecording what) {
        shard.deliver(new IngressCommand.TalkAnswered(what));
    }

    /** The node did not get the request at all. */
    private static boolean isAway(RuntimeException fault) {
        return fault instanceof StatusRuntimeException status
                && status.getStatus().getCode() == Status.Code.UNAVAILABLE;
    }

    /** The node has no such leg, or is gone: the play begins anew wherever the leg will be. */
    private void unknown(IngressEffect.PlayPrompts play) {
        registry.counter("media.requests.failed", "request", name(play)).increment();
        shard.deliver(new IngressCommand.MediaFailed(play.leg()));
    }

    /** A node has lost its legs. */
    void forget(String address) {
        nodes.stream()
                .filter(node -> node.address().equals(address))
                .forEach(
                        node -> {
                            node.legs().set(0);
                            node.drains().set(false);
                        });
    }

    /** A node takes no more legs, until it is another one. */
    void drains(String address) {
        nodes.stream()
                .filter(node -> node.address().equals(address))
                .forEach(node -> node.drains().set(true));
    }

    /** Those that can be had now; all when none can. */
    public List<String> there() {
        var there = nodes.stream().filter(this::isThere).map(Node::address).toList();
        return there.isEmpty() ? nodes.stream().map(Node::address).toList() : there;
    }

    private boolean isThere(Node node) {
        var state = peers.channel(node.address()).getState(false);
        return state == ConnectivityState.READY && !node.drains().get();
    }

    private static String name(IngressEffect.ForMedia request) {
        return request.getClass().getSimpleName();
    }

    /** The core gets an answer, come what may. */
    private void failed(IngressEffect.ForMedia request) {
        registry.counter("media.requests.failed", "request", name(request)).increment();
        switch (request) {
            case IngressEffect.OpenMedia open ->
                    shard.deliver(new IngressCommand.MediaRefused(open.leg()));
            case IngressEffect.CloseMedia close ->
                    shard.deliver(new IngressCommand.MediaClosed(close.leg(), LegQuality.UNKNOWN));
            case IngressEffect.PlayPrompts play ->
                    shard.deliver(
                            new IngressCommand.PlayFinished(
                                    play.leg(), play.play(), Notice.Outcome.FAILED));
            case IngressEffect.ConfigureMedia configure ->
                    shard.deliver(new IngressCommand.MediaFailed(configure.leg()));
            case IngressEffect.SetMatrix matrix ->
                    matrix.cells().stream()
                            .map(cell -> new IngressCommand.MediaFailed(cell.listener()))
                            .forEach(shard::deliver);
            case IngressEffect.JoinRoom join ->
                    shard.deliver(
                            new IngressCommand.RoomAnswered(
                                    join.leg(), join.room().name(), Notice.RoomOutcome.FAILED));
            case IngressEffect.RecordTalk(var call, var legs, var node, var plan) ->
                    plan.ifPresent(p -> tell(TalkRecording.not(legs.other(), Outcome.FAILED)));
            case IngressEffect.StopPrompts stop -> {}
            case IngressEffect.PlayKeys keys -> {}
            case IngressEffect.LeaveRoom leave -> {}
        }
    }

    private void open(IngressEffect.OpenMedia open) {
        var request =
                OpenLegRequest.newBuilder()
                        .setLegId(open.leg().value())
                        .setCallId(open.call().value())
                        .setTenantId(open.tenant().value())
                        .setSipIngress(instance);
        open.audio().map(MediaMessages::settings).ifPresent(request::setSettings);
        boolean away = false;
        for (var node : candidates(open.node())) {
            var answer = ask(node, request.build());
            away = answer.isEmpty();
            if (answer.isPresent() && answer.get().hasOpened()) {
                node.legs().incrementAndGet();
                var opened = answer.get().getOpened();
                var local =
                        new LocalAudio(
                                opened.getAddress(), opened.getRtpPort(), opened.getRtcpPort());
                shard.deliver(new IngressCommand.MediaOpened(open.leg(), node.address(), local));
                return;
            }
        }
        if (away && open.node().isPresent()) {
            away(open);
        } else {
            failed(open);
        }
    }

    /** Where the other legs of the call are there is nobody any more. */
    private void away(IngressEffect.OpenMedia open) {
        registry.counter("media.requests.failed", "request", name(open)).increment();
        shard.deliver(new IngressCommand.MediaAway(open.leg()));
    }

    private Optional<OpenLegResponse> ask(Node node, OpenLegRequest request) {
        try {
            return Optional.of(stub(node.address()).openLeg(request));
        } catch (StatusRuntimeException away) {
            node.restsUntil().set(System.nanoTime() + REST_NANOS);
            LOG.warnf("media %s: %s", node.address(), away.getStatus().getCode());
            if (!isAway(away)) giveBack(node, request.getLegId());
            return Optional.empty();
        }
    }

    /**
     * Whether the leg was opened is not known, and nobody waits for its end. At once and only once,
     * so that it is sent before the leg is asked for again.
     */
    private void giveBack(Node node, String leg) {
        lanes.submit("give-back " + leg, () -> closeQuietly(node, leg));
    }

    private void closeQuietly(Node node, String leg) {
        try {
            closeLeg(node.address(), leg);
        } catch (StatusRuntimeException away) {
            LOG.debugf("media %s: %s", node.address(), away.getStatus().getCode());
        }
    }

    private CloseLegResponse closeLeg(String node, String leg) {
        return stub(node).closeLeg(CloseLegRequest.newBuilder().setLegId(leg).build());
    }

    private List<Node> candidates(Optional<String> only) {
        var found = new ArrayList<>(nodes);
        only.ifPresent(name -> found.removeIf(node -> !node.address().equals(name)));
        found.sort(Comparator.comparing(Node::rests).thenComparing(node -> node.legs().get()));
        return found;
    }

    private void forgetOne(String address) {
        nodes.stream()
                .filter(node -> node.address().equals(address))
                .forEach(node -> node.legs().updateAndGet(legs -> Math.max(0, legs - 1)));
    }

    private void closed(IngressEffect.CloseMedia close, CloseLegResponse answer) {
        var quality =
                answer.hasClosed() ? MediaMessages.quality(answer.getClosed()) : LegQuality.UNKNOWN;
        shard.deliver(new IngressCommand.MediaClosed(close.leg(), quality));
    }

    /** Another sip-ingress asked for the leg, and what came of it is not known. */
    private void closeEverywhere(IngressEffect.CloseMedia close) {
        for (var node : nodes) closeQuietly(node, close.leg().value());
        shard.deliver(new IngressCommand.MediaClosed(close.leg(), LegQuality.UNKNOWN));
    }

    /** For what says how it is to be, and so may be said again. */
    private static <T> T persistently(Supplier<T> request) {
        for (int left = TRIES - 1; left > 0; left--) {
            try {
                return request.get();
            } catch (StatusRuntimeException fault) {
                LOG.debugf("media: %s, once more", fault.getStatus().getCode());
            }
        }
        return request.get();
    }

    private MediaServiceGrpc.MediaServiceBlockingStub stub(String node) {
        return MediaServiceGrpc.newBlockingStub(peers.channel(node))
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
