// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.sip;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.panacall.desktop.DesktopConfig;
import org.panacall.desktop.access.Origins;

/**
 * Carries SIP over WebSocket (RFC 7118) between browser phones and Kamailio, so that one origin is
 * enough on one machine; in a cluster the Ingress does it. Frames pass as they are; whoever does
 * not read stops the other side from being read. Who may register is Kamailio's business.
 */
@ApplicationScoped
public class SipTunnel {

    private static final Logger LOG = Logger.getLogger(SipTunnel.class);
    private static final String SUBPROTOCOL = "sip";
    private static final int FRAME_BYTES_MAX = 65_536;
    private static final int FORBIDDEN = 403;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int BAD_GATEWAY = 502;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Vertx vertx;
    private final Origins origins;
    private final long pingMillis;
    private final int phonesMax;
    private final WebSocketClient client;
    private final WebSocketConnectOptions edge;
    private final AtomicInteger phones = new AtomicInteger();

    SipTunnel(Vertx vertx, Origins origins, DesktopConfig config, MeterRegistry metrics) {
        this.vertx = vertx;
        this.origins = origins;
        pingMillis = config.desktop().phonePing().toMillis();
        phonesMax = config.desktop().phones();
        var address = config.edge().websocketAddress().split(":");
        edge =
                new WebSocketConnectOptions()
                        .setHost(address[0])
                        .setPort(Integer.parseInt(address[1]))
                        .setURI("/")
                        .setSubProtocols(List.of(SUBPROTOCOL))
                        // The page's origin was checked here; Kamailio trusts us without one.
                        .setAllowOriginHeader(false)
                        .setTimeout(config.desktop().timeout().toMillis());
        client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxConnections(phonesMax)
                                .setMaxFrameSize(FRAME_BYTES_MAX)
                                .setMaxMessageSize(FRAME_BYTES_MAX));
        // Vert.x 4.5 takes timer 0, the first of its instance, for none: as a handshake's timeout
        // it
        // would never be cancelled, and end the first phone after so long. Nobody else shall get
        // it.
        vertx.cancelTimer(vertx.setTimer(1, spent -> {}));
        metrics.gauge("panacall.desktop.phones", phones);
    }

    void route(@Observes Router router) {
        router.get("/sip").handler(this::open);
    }

    private void open(RoutingContext context) {
        var request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refuse(context, UPGRADE_REQUIRED);
        } else if (!origins.allowed(request)) {
            refuse(context, FORBIDDEN);
        } else if (phones.incrementAndGet() > phonesMax) {
            phones.decrementAndGet();
            refuse(context, SERVICE_UNAVAILABLE);
        } else {
            // Kamailio first: a browser that cannot be served is told so by status.
            request.pause();
            client.connect(edge)
                    .onFailure(away -> failed(context, away))
                    .onSuccess(
                            phone ->
                                    request.toWebSocket()
                                            .onFailure(gone -> givenUp(phone))
                                            .onSuccess(browser -> join(browser, phone)));
        }
    }

    private static void refuse(RoutingContext context, int status) {
        context.response().setStatusCode(status).end();
    }

    private void failed(RoutingContext context, Throwable away) {
        phones.decrementAndGet();
        LOG.warnf("the edge takes no browser phones: %s", away.getMessage());
        context.request().resume();
        refuse(context, BAD_GATEWAY);
    }

    private void givenUp(WebSocketBase phone) {
        phones.decrementAndGet();
        phone.close();
    }

    private void join(ServerWebSocket browser, WebSocketBase phone) {
        pass(browser, phone);
        pass(phone, browser);
        long pings = ping(browser);
        browser.closeHandler(
                closed -> {
                    vertx.cancelTimer(pings);
                    phones.decrementAndGet();
                    phone.close();
                });
        phone.closeHandler(closed -> browser.close());
    }

    /** A browser whose network is gone says no goodbye, and Kamailio's pings end here. */
    private long ping(ServerWebSocket browser) {
        var answered = new AtomicBoolean(true);
        browser.pongHandler(pong -> answered.set(true));
        return vertx.setPeriodic(
                pingMillis,
                due -> {
                    if (browser.isClosed()) {
                        return;
                    }
                    if (answered.getAndSet(false)) {
                        browser.writePing(Buffer.buffer());
                    } else {
                        browser.close();
                    }
                });
    }

    private static void pass(WebSocketBase from, WebSocketBase to) {
        from.exceptionHandler(fault -> from.close());
        from.frameHandler(
                frame -> {
                    if (!carries(frame) || to.isClosed()) {
                        return;
                    }
                    to.writeFrame(frame);
                    if (to.writeQueueFull()) {
                        from.pause();
                        to.drainHandler(drained -> from.resume());
                    }
                });
    }

    /** Pings and closes are each connection's own. */
    private static boolean carries(WebSocketFrame frame) {
        return frame.isText() || frame.isBinary() || frame.isContinuation();
    }
}
