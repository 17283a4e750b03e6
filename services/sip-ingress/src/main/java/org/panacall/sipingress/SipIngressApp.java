// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.panacall.defaults.ConfigurationSource;
import org.panacall.defaults.Peers;
import org.panacall.defaults.SnapshotReader;
import org.panacall.engine.Checkpoints;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.effect.Lanes;
import org.panacall.engine.id.Ids;
import org.panacall.engine.nats.NatsLink;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.sipingress.v1.Holding;
import org.panacall.sipingress.core.admission.Admission;
import org.panacall.sipingress.core.admission.Door;
import org.panacall.sipingress.core.b2bua.SipIngress;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallSettings;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.dialog.UserAgent;
import org.panacall.sipingress.core.dialog.UserAgentSettings;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.transaction.RequestScreen;
import org.panacall.sipingress.directory.PhoneNumbers;
import org.panacall.sipingress.directory.PlanReader;
import org.panacall.sipingress.edge.EdgeWatch;
import org.panacall.sipingress.edge.HeirRoutes;
import org.panacall.sipingress.grpc.CallNotices;
import org.panacall.sipingress.grpc.Controllers;
import org.panacall.sipingress.grpc.MediaNodes;
import org.panacall.sipingress.grpc.MediaWatch;
import org.panacall.sipingress.log.CallLog;
import org.panacall.sipingress.nats.FactCodec;
import org.panacall.sipingress.nats.Holders;
import org.panacall.sipingress.nats.RoomPlaces;
import org.panacall.sipingress.nats.StoredCalls;
import org.panacall.sipingress.udp.SipSocket;
import org.panacall.sipingress.udp.SipSources;

/** Wires core and adapters, in the order in which they depend on each other. */
@ApplicationScoped
public class SipIngressApp {

    private static final Logger LOG = Logger.getLogger(SipIngressApp.class);
    private static final long DRAIN_LOOK_NANOS = 50_000_000;
    private static final long DRAIN_KNOWN_NANOS = 700_000_000;

    private final SipIngressConfig config;
    private final Peers peers;
    private final IngressShard shard;
    private final CallNotices notices;
    private final MeterRegistry registry;
    private final CallLog log;
    private final String holder;
    private InetSocketAddress sipAddress;
    private MediaNodes mediaNodes;
    private RoomPlaces rooms;
    private Inheritance inheritance;
    private Holders holders;
    private Runnable letGo;
    private final ArrayDeque<AutoCloseable> open = new ArrayDeque<>();

    SipIngressApp(
            SipIngressConfig config,
            Peers peers,
            IngressShard shard,
            CallNotices notices,
            MeterRegistry registry) {
        this.config = config;
        this.peers = peers;
        this.shard = shard;
        this.notices = notices;
        this.registry = registry;
        log = new CallLog(registry);
        holder = config.instance() + "." + RandomIds.boot();
    }

    void start(@Observes StartupEvent started) throws IOException {
        var socket = keep(socket(address(config.sip().address())));
        sipAddress = socket.address();
        var lanes = new Lanes("requests", config.own().requests(), registry);
        var nodes = addresses(config.media());
        var patience = config.own().mediaTimeout();
        var asking = new MediaNodes.Asking(nodes, holder, patience);
        var media = new MediaNodes(peers, asking, lanes, shard, registry);
        mediaNodes = media;
        var controllers = new Controllers(peers, places(), lanes, shard, registry);
        var link = keep(new NatsLink(config.nats().url(), config.instance(), registry));
        rooms = new RoomPlaces(link, lanes, shard::deliver, media::there);
        var codec = new FactCodec(config.instance(), holder, config.grpc().advertisedAddress());
        var stored = new StoredCalls(link, config.instance(), holder, codec);
        var checkpoints = keep(checkpoints(stored));
        var engine =
                keep(
                        Engine.checkpointed(
                                EngineSettings.of("sip-ingress", registry)
                                        .withMailboxCapacity(config.own().mailboxCapacity()),
                                () -> core(socket),
                                checkpoints,
                                effect -> release(effect, socket, media, controllers)));
        shard.onReader(controllers::follow);
        shard.open(engine);
        letGo = () -> letGo(socket, engine, checkpoints);
        measure();
        inheritance = keep(inheritance(stored));
        for (var node : nodes) {
            inheritance.follow(watch(node, holder, MediaWatch.Place.BEGINNING));
        }
        config.edge().relayAddress().ifPresent(relay -> keep(edgeWatch(relay)));
        keep(configuration());
        holders = keep(new Holders(link, holder, inheritance));
        LOG.infof("SIP on %s, instance %s", socket.address(), config.instance());
    }

    private EdgeWatch edgeWatch(String relay) {
        return new EdgeWatch(relay, () -> shard.deliver(new IngressCommand.EdgeForgot()));
    }

    private SipSocket socket(InetSocketAddress address) throws IOException {
        var edge = endpoint(address(config.edge().sipAddress()));
        var speech = UserAgentSettings.of(config.instance(), edge, edge);
        var door = new Door(speech.product(), new RequestScreen(speech.infoTypes()));
        var sources = SipSources.of(config.edge().sipSources().orElse(edge.host()));
        return new SipSocket(address, sources, shard, door, registry);
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon),
                Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(address.getAddress().getHostAddress(), address.getPort());
    }

    private static List<String> addresses(SipIngressConfig.Peers peers) {
        return Peers.addresses(peers.addresses().orElse(""));
    }

    private Controllers.Places places() {
        return new Controllers.Places(
                addresses(config.ivr()),
                addresses(config.acd()),
                config.grpc().advertisedAddress(),
                new Controllers.Patience(
                        config.own().controllerTimeout(), config.own().queuePatience()));
    }

    private SipIngress core(SipSocket socket) {
        var edge = endpoint(address(config.edge().sipAddress()));
        var sentBy = endpoint(socket.address());
        var ids = new RandomIds(sentBy.host());
        var userAgent = new UserAgent(UserAgentSettings.of(holder, edge, sentBy), ids);
        return new SipIngress(userAgent, ids, settings(edge));
    }

    private CallSettings settings(Endpoint edge) {
        var own = config.own();
        return new CallSettings(
                new Controller(Controller.Kind.SIP_INGRESS, config.instance()),
                edge,
                admission(),
                own.controllerTimeout(),
                own.queuePatience(),
                own.controllerGrace(),
                own.mediaTimeout().multipliedBy(5),
                own.clearPatience(),
                own.silenceLimit(),
                own.waitingSilenceLimit(),
                own.callLimit(),
                own.apologyLimit(),
                own.ringTimeout(),
                own.musicPrompt(),
                new CallSettings.Reanchoring(
                        own.reanchorsAtOnce(),
                        own.reanchorPatience(),
                        own.reanchorPause(),
                        own.mediaGrace()),
                keeping());
    }

    private CallSettings.Keeping keeping() {
        var keeping = config.own().keeping();
        return new CallSettings.Keeping(
                keeping.calls(),
                keeping.limit(),
                keeping.askPace(),
                keeping.ringFor(),
                keeping.ringPause());
    }

    private Admission.Settings admission() {
        int most = config.own().setups();
        var window = config.own().admission();
        return new Admission.Settings(
                Math.min(window.least(), most),
                Math.min(window.first(), most),
                most,
                window.target(),
                window.interval());
    }

    private Checkpoints<CallFact> checkpoints(StoredCalls stored) {
        var own = config.own();
        var bounds =
                new Checkpoints.Bounds(
                        own.checkpointCapacity(), own.checkpointPace(), own.checkpointEvents());
        return new Checkpoints<>("sip-ingress", stored, bounds, registry);
    }

    private Inheritance inheritance(StoredCalls stored) {
        var rpc = config.edge();
        var access = new HeirRoutes.Access(rpc.rpcUrl(), rpc.rpcToken().orElse(""));
        var routes = keep(new HeirRoutes(access, sipAddress, registry));
        var us =
                Holding.newBuilder()
                        .setHolder(holder)
                        .setInstance(config.instance())
                        .setGrpcAddress(config.grpc().advertisedAddress())
                        .setSipAddress(endpoint(sipAddress).toString())
                        .build();
        return new Inheritance(us, new Inheritance.Ways(stored, routes), shard, this::watch);
    }

    private MediaWatch watch(String node, String owner, MediaWatch.Place from) {
        boolean inherited = !owner.equals(holder);
        var patience = config.own().mediaPatience();
        var following = new MediaWatch.Following(owner, inherited, from, patience);
        return new MediaWatch(new MediaWatch.Ways(peers, mediaNodes, shard), node, following);
    }

    private void release(
            IngressEffect effect, SipSocket socket, MediaNodes media, Controllers controllers) {
        switch (effect) {
            case IngressEffect.SendDatagram(var datagram, var to) -> socket.send(datagram, to);
            case IngressEffect.ForMedia request -> media.request(request);
            case IngressEffect.AskController asked -> controllers.ask(asked);
            case IngressEffect.PlaceRoom asked -> rooms.place(asked);
            case IngressEffect.SetAgentState wanted -> controllers.set(wanted);
            case IngressEffect.Tell tell -> notices.tell(tell);
            case IngressEffect.Log(var fact) -> log.record(fact);
            case IngressEffect.Moved(var after) -> registry.timer("calls.moved").record(after);
            case IngressEffect.MakeRoom(var room) -> socket.makeRoom(room);
            case IngressEffect.Count(var what) ->
                    registry.counter(
                                    "sip.ingress.counted",
                                    "what",
                                    what.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .increment();
        }
    }

    private SnapshotReader<Configuration> configuration() {
        var plans = new PlanReader(new PhoneNumbers());
        var directory = config.directory().address();
        return new ConfigurationSource(peers, directory, Ids.next("reader"))
                .follow(
                        config.dataDirectory().resolve("configuration.bin"),
                        snapshot ->
                                shard.deliver(new IngressCommand.UsePlan(plans.read(snapshot))));
    }

    private void measure() {
        Gauge.builder("calls.live", () -> look(SipIngress::calls)).register(registry);
        Gauge.builder("legs.live", () -> look(SipIngress::legs)).register(registry);
        Gauge.builder("setups.in.flight", () -> look(SipIngress::setups)).register(registry);
        Gauge.builder("calls.kept", () -> look(SipIngress::kept)).register(registry);
        Gauge.builder("admission.window", () -> look(SipIngress::window)).register(registry);
    }

    private int look(java.util.function.ToIntFunction<SipIngress> figure) {
        return shard.<Integer>ask(figure::applyAsInt)
                .completeOnTimeout(-1, 1, TimeUnit.SECONDS)
                .exceptionally(closed -> -1)
                .join();
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    /** Our UDP address, with the real port. */
    InetSocketAddress sipAddress() {
        return sipAddress;
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (shard.isOpen()) drain();
        while (!open.isEmpty()) close(open.pop());
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception failure) {
            LOG.warnf("not closed: %s", failure.getMessage());
        }
    }

    /**
     * No new calls. Those at hand go on at a peer; without one they may finish, and are hung up
     * when they take too long.
     */
    private void drain() {
        shard.send(new IngressCommand.Drain(true));
        inheritance.drain();
        long end = System.nanoTime() + config.own().drainTimeout().toNanos();
        // Peers that drain as well are known as such after their next bump.
        if (look(SipIngress::calls) > 0) LockSupport.parkNanos(DRAIN_KNOWN_NANOS);
        boolean peers = holders.peersLive();
        await(core -> core.calls() == 0 || peers && core.isSettled(), end);
        if (peers && holders.peersLive()) {
            letGo.run();
        } else {
            await(core -> core.calls() == 0, end);
            shard.send(new IngressCommand.HangUpAll());
            look(SipIngress::calls);
            holders.leave();
        }
    }

    private void await(Predicate<SipIngress> condition, long endNanos) {
        while (look(core -> condition.test(core) ? 1 : 0) != 1
                && endNanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(DRAIN_LOOK_NANOS);
        }
    }

    /**
     * Not one more word from here on; then what was said last is written, then others may go on.
     */
    private void letGo(AutoCloseable... inOrder) {
        for (var closeable : inOrder) close(closeable);
        holders.release();
    }
}
