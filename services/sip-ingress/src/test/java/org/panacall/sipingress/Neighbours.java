// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.acd.v1.CallTaken;
import org.panacall.proto.acd.v1.EnqueueCallRequest;
import org.panacall.proto.acd.v1.EnqueueCallResponse;
import org.panacall.proto.acd.v1.NotLeader;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.ivr.v1.RunStarted;
import org.panacall.proto.ivr.v1.StartRunRequest;
import org.panacall.proto.ivr.v1.StartRunResponse;
import org.panacall.simkit.NatsServer;

/** All that sip-ingress talks with, in this process but over real sockets; NATS is the real one. */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

    static final LinkedBlockingQueue<StartRunRequest> RUNS = new LinkedBlockingQueue<>();
    static final LinkedBlockingQueue<EnqueueCallRequest> QUEUED = new LinkedBlockingQueue<>();
    static UdpParties parties;
    static RemoteMedia media;
    static NatsServer nats;
    static Process ivr;
    static Process mediaNode;

    /** Runs that ivr was asked for while it said nothing. */
    static final AtomicInteger UNHEARD = new AtomicInteger();

    private static volatile boolean ivrHangs;

    /** What acd fails with at present; null while it does not. */
    static volatile Status acdFailure;

    private Server leader;
    private Server other;

    @Override
    public Map<String, String> start() {
        parties = new UdpParties();
        media = new RemoteMedia();
        nats = NatsServer.start();
        leader = serve(new Acd(""));
        other = serve(new Acd(address(leader)), new Directory());
        mediaNode = new Process(media);
        mediaNode.start();
        ivr = new Process(new Ivr());
        ivr.start();
        try {
            var there = address(other);
            return Map.of(
                    "panacall.edge.sip-address",
                    parties.address(),
                    "panacall.media.addresses",
                    "127.0.0.1:1," + mediaNode.address(),
                    "panacall.ivr.addresses",
                    ivr.address(),
                    "panacall.acd.addresses",
                    there,
                    "panacall.directory.address",
                    there,
                    "panacall.nats.url",
                    nats.url(),
                    "panacall.data-directory",
                    Files.createTempDirectory("sip-ingress").toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A process that can die and come back at its address. */
    static final class Process {
        private final BindableService service;
        private Server server;
        private int port;

        Process(BindableService service) {
            this.service = service;
        }

        void start() {
            server = serve(port, service);
            port = server.getPort();
        }

        void stop() {
            server.shutdownNow();
        }

        String address() {
            return "127.0.0.1:" + port;
        }
    }

    /** Lets ivr take requests and say nothing, or answer again. */
    static void ivrHangs(boolean hangs) {
        ivrHangs = hangs;
    }

    /** What was heard and asked before does not matter to the next test. */
    static void forget() {
        acdFailure = null;
        RUNS.clear();
        QUEUED.clear();
        media.forget();
        parties.forget();
    }

    private static Server serve(BindableService... services) {
        return serve(0, services);
    }

    private static Server serve(int port, BindableService... services) {
        var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port));
        for (var service : services) server.addService(service);
        try {
            return server.build().start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String address(Server server) {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void stop() {
        ivr.stop();
        mediaNode.stop();
        other.shutdownNow();
        leader.shutdownNow();
        nats.close();
        parties.close();
    }

    private static Controller controller(ControllerKind kind, String instance) {
        return Controller.newBuilder().setKind(kind).setInstance(instance).build();
    }

    private static final class Ivr extends IvrServiceGrpc.IvrServiceImplBase {
        @Override
        public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> answer) {
            if (ivrHangs) {
                UNHEARD.incrementAndGet();
                return;
            }
            var ivr = controller(ControllerKind.CONTROLLER_KIND_IVR, "ivr-1");
            answer.onNext(
                    StartRunResponse.newBuilder()
                            .setStarted(RunStarted.newBuilder().setController(ivr))
                            .build());
            answer.onCompleted();
            RUNS.add(request);
        }
    }

    /** Takes calls, or knows who does. */
    private static final class Acd extends AcdServiceGrpc.AcdServiceImplBase {
        private final String leader;

        Acd(String leader) {
            this.leader = leader;
        }

        @Override
        public void enqueueCall(
                EnqueueCallRequest request, StreamObserver<EnqueueCallResponse> answer) {
            if (acdFailure != null) {
                answer.onError(acdFailure.asRuntimeException());
                return;
            }
            var acd = controller(ControllerKind.CONTROLLER_KIND_ACD, "acd-1");
            var response = EnqueueCallResponse.newBuilder();
            if (leader.isEmpty()) {
                response.setTaken(CallTaken.newBuilder().setController(acd));
            } else {
                response.setNotLeader(NotLeader.newBuilder().setLeader(leader));
            }
            answer.onNext(response.build());
            answer.onCompleted();
            if (leader.isEmpty()) QUEUED.add(request);
        }
    }

    private static final class Directory extends DirectoryServiceGrpc.DirectoryServiceImplBase {
        @Override
        public void watchConfiguration(
                WatchConfigurationRequest request, StreamObserver<Configuration> answer) {
            var tenant =
                    Tenant.newBuilder()
                            .setTenantId("demo")
                            .setSipDomain("panacall.test")
                            .setCountry("RU")
                            .setLanguage("ru")
                            .addNumbers(
                                    Number.newBuilder().setNumber("+74950000100").setFlowId("main"))
                            .addNumbers(
                                    Number.newBuilder()
                                            .setNumber("+74950000101")
                                            .setQueueId("registry"))
                            .addQueues(
                                    Queue.newBuilder().setQueueId("registry").setExtension("601"));
            answer.onNext(Configuration.newBuilder().setVersion(1).addTenants(tenant).build());
        }
    }
}
