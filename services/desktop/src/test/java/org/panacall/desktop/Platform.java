// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import org.panacall.defaults.ServiceToken;
import org.panacall.desktop.callbacks.PlayedCallbacks;
import org.panacall.desktop.contacts.PlayedContacts;
import org.panacall.desktop.flows.PlayedFlows;
import org.panacall.desktop.flows.PlayedIvr;
import org.panacall.desktop.numbers.PlayedNumbers;
import org.panacall.desktop.prompts.PlayedPrompts;
import org.panacall.desktop.prompts.PlayedSpeech;
import org.panacall.desktop.recordings.PlayedRecordings;
import org.panacall.desktop.tenant.PlayedOutside;
import org.panacall.simkit.NatsServer;

/**
 * The services behind the desktop, played on one port, a real nats-server, and an edge that echoes.
 */
public class Platform implements QuarkusTestResourceLifecycleManager {

    public static final String WEBRTC_SECRET = "a secret for browser phones";

    static final PlayedAcd ACD = new PlayedAcd();
    public static final PlayedCallbacks CALLBACKS = new PlayedCallbacks();
    static final PlayedSipIngress SIP_INGRESS = new PlayedSipIngress();
    static final PlayedEditing EDITING = new PlayedEditing();
    static final PlayedReporting REPORTING = new PlayedReporting();
    public static final PlayedFlows FLOWS = new PlayedFlows();
    public static final PlayedIvr IVR = new PlayedIvr();
    public static final PlayedPrompts PROMPTS = new PlayedPrompts();
    public static final PlayedContacts CONTACTS = new PlayedContacts();
    public static final PlayedSpeech SPEECH = new PlayedSpeech();
    public static final PlayedOutside OUTSIDE = new PlayedOutside();
    public static final PlayedNumbers NUMBERS = new PlayedNumbers();
    public static final PlayedRecordings RECORDINGS = new PlayedRecordings();

    private Server server;
    private NatsServer nats;
    private Vertx vertx;

    @Override
    public Map<String, String> start() {
        var token = new ServiceToken("test-service-token");
        try {
            server =
                    NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                            .addService(ServerInterceptors.intercept(new PlayedDirectory(), token))
                            .addService(ServerInterceptors.intercept(EDITING, token))
                            .addService(ServerInterceptors.intercept(ACD, token))
                            .addService(ServerInterceptors.intercept(CALLBACKS, token))
                            .addService(ServerInterceptors.intercept(SIP_INGRESS, token))
                            .addService(ServerInterceptors.intercept(REPORTING, token))
                            .addService(ServerInterceptors.intercept(FLOWS, token))
                            .addService(ServerInterceptors.intercept(IVR, token))
                            .addService(ServerInterceptors.intercept(PROMPTS, token))
                            .addService(ServerInterceptors.intercept(SPEECH, token))
                            .addService(ServerInterceptors.intercept(OUTSIDE, token))
                            .addService(ServerInterceptors.intercept(CONTACTS, token))
                            .addService(ServerInterceptors.intercept(NUMBERS, token))
                            .addService(ServerInterceptors.intercept(RECORDINGS, token))
                            .build()
                            .start();
            nats = NatsServer.start();
            vertx = Vertx.vertx();
            var address = "127.0.0.1:" + server.getPort();
            SIP_INGRESS.address = address;
            var two = "127.0.0.1:1," + address;
            return Map.ofEntries(
                    Map.entry("panacall.directory.address", address),
                    Map.entry("panacall.acd.addresses", address),
                    Map.entry("panacall.sip-ingress.addresses", two),
                    Map.entry("panacall.ivr.addresses", two),
                    Map.entry("panacall.reporting.addresses", two),
                    Map.entry("panacall.media.addresses", two),
                    Map.entry("panacall.recordings.addresses", two),
                    Map.entry("panacall.nats.url", nats.url()),
                    Map.entry("panacall.edge.webrtc-secret", WEBRTC_SECRET),
                    Map.entry("panacall.edge.websocket-address", "127.0.0.1:" + echoingEdge()),
                    Map.entry("panacall.desktop.event-buffer", "8"),
                    Map.entry("panacall.desktop.phone-ping", "500ms"),
                    Map.entry(
                            "panacall.data-directory",
                            Files.createTempDirectory("desktop").toString()));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Speaks the subprotocol, sends every message back, and takes no pages, like Kamailio. */
    private int echoingEdge() {
        return vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("sip"))
                .requestHandler(Platform::echo)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static void echo(HttpServerRequest request) {
        if (request.headers().contains("Origin")) {
            request.response().setStatusCode(403).end();
        } else {
            request.toWebSocket()
                    .onSuccess(phone -> phone.textMessageHandler(phone::writeTextMessage));
        }
    }

    @Override
    public void stop() {
        server.shutdownNow();
        nats.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
