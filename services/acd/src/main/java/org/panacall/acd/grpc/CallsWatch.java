// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.panacall.acd.AcdMailbox;
import org.panacall.acd.Wording;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.Refusal;
import org.panacall.defaults.Peers;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.ListCallsRequest;
import org.panacall.proto.sipingress.v1.ListCallsResponse;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.WatchCallsRequest;

/**
 * Follows what one sip-ingress tells of one tenant's calls, while we lead the tenant. What was
 * heard counts as read once it is journaled; what was missed is made good by a list of its calls.
 * Virtual threads: one reads the stream, one has what it read journaled, together what came
 * meanwhile; one compares now and then.
 */
public final class CallsWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CallsWatch.class);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration LIST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration JOURNAL_TIMEOUT = Duration.ofSeconds(5);
    private static final int PAGES_MAX = 100;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Longer than a call that nobody lists is waited for. */
    private static final Duration SOON = Duration.ofSeconds(6);

    /** A name that no stream has: we begin with a comparison instead of old notices. */
    private static final String NO_STREAM = "none";

    private final Watched.Source source;
    private final Peers peers;
    private final AcdMailbox acd;
    private final Pace pace;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Context.CancellableContext context = Context.ROOT.withCancellation();
    private String streamId = NO_STREAM;
    private long sequence;
    private OptionalLong outOfReachNanos = OptionalLong.empty();
    private boolean lost;
    private volatile boolean compareSoon;

    /** When a silent sip-ingress is given up, and how often views are compared. */
    public record Pace(Duration lostAfter, Duration reconcileEvery) {}

    public CallsWatch(Watched.Source source, Peers peers, AcdMailbox acd, Pace pace) {
        this.source = source;
        this.peers = peers;
        this.acd = acd;
        this.pace = pace;
        Thread.ofVirtual().name("watch-" + source.tenant()).start(this::follow);
        Thread.ofVirtual().name("compare-" + source.tenant()).start(this::compare);
    }

    private void follow() {
        var previous = context.attach();
        try {
            while (closed.getCount() > 0) {
                listen();
                giveUpWhenLost();
                pause(RETRY);
            }
        } finally {
            context.detach(previous);
        }
    }

    private void listen() {
        var request =
                WatchCallsRequest.newBuilder()
                        .setController(Watched.controller(source.tenant()))
                        .setStreamId(streamId)
                        .setAfterSequence(sequence)
                        .setReader(source.reader())
                        .build();
        try (var notices =
                new HeardNotices(
                        "hear-" + source.tenant(),
                        CallControlServiceGrpc.newBlockingStub(channel()).watchCalls(request))) {
            for (var heard = notices.next(); !heard.isEmpty(); heard = notices.next()) {
                hear(heard);
            }
        } catch (StatusRuntimeException | IllegalStateException away) {
            LOG.debugf("sip-ingress %s: %s", source.sipIngress(), away.getMessage());
        } catch (ExecutionException | TimeoutException notKept) {
            LOG.warnf("a notice was not journaled and will be read again: %s", notKept);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** In their order, and all that may be in one turn. */
    private void hear(List<CallNotice> notices)
            throws ExecutionException, InterruptedException, TimeoutException {
        lost = false;
        outOfReachNanos = OptionalLong.empty();
        var commands = new ArrayList<AcdCommand>();
        for (var notice : notices) {
            if (notice.hasSnapshotRequired()) {
                keep(commands);
                commands.clear();
                reconcile();
                compareSoon = true;
                reached(notice);
            } else {
                compareSoon |= notice.hasCallAdopted();
                NoticeReader.read(notice, source.sipIngress()).ifPresent(commands::add);
            }
        }
        keep(commands);
        reached(notices.getLast());
    }

    private void keep(List<AcdCommand> commands)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (!commands.isEmpty()) {
            acd.sendAll(List.copyOf(commands))
                    .get(JOURNAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Not before what it led to is journaled. */
    private void reached(CallNotice notice) {
        streamId = notice.getStreamId();
        sequence = notice.getSequence();
    }

    /** The stream is over: that is harmless unless sip-ingress stays out of reach. */
    private void giveUpWhenLost() {
        if (closed.getCount() == 0 || reachable()) {
            outOfReachNanos = OptionalLong.empty();
            return;
        }
        if (outOfReachNanos.isEmpty()) {
            outOfReachNanos = OptionalLong.of(System.nanoTime());
        }
        var silent = Duration.ofNanos(System.nanoTime() - outOfReachNanos.getAsLong());
        if (!lost && silent.compareTo(pace.lostAfter()) >= 0) {
            lost = true;
            streamId = NO_STREAM;
            LOG.warnf("sip-ingress %s is lost, and its calls", source.sipIngress());
            acd.send(new AcdCommand.LoseSipIngress(source.sipIngress()));
        }
    }

    private boolean reachable() {
        try {
            page("");
            lost = false;
            return true;
        } catch (StatusRuntimeException away) {
            return false;
        }
    }

    private void compare() {
        var previous = context.attach();
        try {
            while (closed.getCount() > 0) {
                awaitComparison();
                if (closed.getCount() > 0) {
                    tryReconcile();
                }
            }
        } finally {
            context.detach(previous);
        }
    }

    /** Until the next comparison is due; soon, when much may have happened unheard. */
    private void awaitComparison() {
        var end = System.nanoTime() + pace.reconcileEvery().toNanos();
        while (closed.getCount() > 0 && System.nanoTime() < end) {
            if (compareSoon) {
                compareSoon = false;
                pause(pace.lostAfter().compareTo(SOON) < 0 ? pace.lostAfter() : SOON);
                return;
            }
            pause(LOOK);
        }
    }

    private void tryReconcile() {
        try {
            reconcile();
        } catch (StatusRuntimeException | ExecutionException | TimeoutException away) {
            LOG.debugf("calls of %s not compared: %s", source.sipIngress(), away.getMessage());
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() throws ExecutionException, InterruptedException, TimeoutException {
        var calls = new ArrayList<LiveCall>();
        var page = page("");
        var holdingFor = Wording.duration(page.getHoldingFor());
        for (int pages = 1; page.getCallsCount() > 0 && pages < PAGES_MAX; pages++) {
            calls.addAll(page.getCallsList());
            page = page(calls.getLast().getCallId());
        }
        var seen = NoticeReader.read(source.tenant(), calls);
        CompletableFuture<Optional<Refusal>> kept =
                acd.send(new AcdCommand.ReconcileCalls(source.sipIngress(), holdingFor, seen));
        kept.get(JOURNAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ListCallsResponse page(String after) {
        return CallControlServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(LIST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .listCalls(
                        ListCallsRequest.newBuilder()
                                .setTenantId(source.tenant())
                                .setAfterCallId(after)
                                .build());
    }

    private Channel channel() {
        return peers.channel(source.sipIngress().address());
    }

    private void pause(Duration time) {
        try {
            if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debugf("no longer watching %s", source.sipIngress());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        context.cancel(null);
    }
}
