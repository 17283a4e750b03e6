// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.panacall.flow.http.AllowedHosts;

/**
 * Sends one request and takes what comes of it, bounded in time and size. The name is looked up
 * once, the address is checked, and it is that address that is connected to, whatever the name
 * stands for by then. A connection serves one request.
 */
final class Wire implements AutoCloseable {

    private static final int HEADERS_MAX = 16 * 1024;

    private final HttpClient client;
    private final Addresses addresses;
    private final Lookup lookup;
    private final int answerMax;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What names stand for. Blocks. */
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** How long is waited: for a connection, and for all of it. */
    record Patience(Duration connect, long untilNanos) {

        long left() throws HttpFault {
            var left = untilNanos - System.nanoTime();
            if (left <= 0) {
                throw HttpFault.late("timeout");
            }
            return left;
        }
    }

    /** What is under way; nothing once nobody waits any more. */
    private static final class Exchange {
        private boolean over;
        private HttpClientRequest request;

        /** False when it is too late to send. */
        private synchronized boolean begin(HttpClientRequest begun) {
            request = begun;
            return !over;
        }

        private synchronized void end() {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    /** How much is borne: connections at once, bytes of an answer. */
    record Bounds(int connections, int answerMax) {}

    /**
     * @param authorities PEM file of those who are trusted beside the machine's
     */
    Wire(
            Vertx vertx,
            Addresses addresses,
            Lookup lookup,
            Bounds bounds,
            Optional<Path> authorities) {
        this.addresses = addresses;
        this.lookup = lookup;
        answerMax = bounds.answerMax();
        var options =
                new HttpClientOptions()
                        .setKeepAlive(false)
                        .setMaxHeaderSize(HEADERS_MAX)
                        .setTracingPolicy(TracingPolicy.IGNORE);
        authorities.map(Authorities::with).ifPresent(options::setTrustOptions);
        var pool = new PoolOptions().setHttp1MaxSize(bounds.connections());
        client = vertx.createHttpClient(options, pool);
    }

    /** Blocks. */
    Hop.Reply send(Hop hop, Patience patience) throws HttpFault {
        var address = address(hop.uri().getHost(), patience);
        var exchange = new Exchange();
        var reply =
                client.request(options(hop, address, patience))
                        .compose(request -> exchanged(exchange, request, hop, address));
        try {
            return await(reply.toCompletionStage().toCompletableFuture(), patience);
        } catch (HttpFault fault) {
            exchange.end();
            throw fault;
        }
    }

    private InetAddress address(String host, Patience patience) throws HttpFault {
        var found = new CompletableFuture<InetAddress[]>();
        threads.execute(
                () -> {
                    try {
                        found.complete(lookup.of(host));
                    } catch (UnknownHostException unknown) {
                        found.completeExceptionally(unknown);
                    }
                });
        return Stream.of(await(found, patience))
                .filter(addresses::allow)
                .findFirst()
                .orElseThrow(() -> HttpFault.wrong("address-not-allowed"));
    }

    private static RequestOptions options(Hop hop, InetAddress address, Patience patience)
            throws HttpFault {
        var port = AllowedHosts.port(hop.uri());
        var connectMs =
                Math.min(
                        patience.connect().toMillis(),
                        TimeUnit.NANOSECONDS.toMillis(patience.left()));
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, literal(address)))
                .setHost(hop.uri().getHost())
                .setPort(port)
                .setSsl(hop.uri().getScheme().equals("https"))
                .setMethod(HttpMethod.valueOf(hop.method()))
                .setURI(hop.path())
                .setConnectTimeout(Math.max(1, connectMs))
                .setFollowRedirects(false);
    }

    private Future<Hop.Reply> exchanged(
            Exchange exchange, HttpClientRequest request, Hop hop, InetAddress address) {
        var reached = request.connection().remoteAddress();
        if (!exchange.begin(request)) {
            request.reset();
            return Future.failedFuture(HttpFault.late("timeout"));
        }
        if (reached == null || !literal(address).equals(reached.hostAddress())) {
            return Future.failedFuture(HttpFault.wrong("address-not-allowed"));
        }
        hop.headers().forEach(request::putHeader);
        var response = hop.body().length() == 0 ? request.send() : request.send(hop.body());
        return response.compose(this::taken);
    }

    private Future<Hop.Reply> taken(HttpClientResponse response) {
        var taken = Promise.<Hop.Reply>promise();
        var body = Buffer.buffer();
        response.exceptionHandler(taken::tryFail);
        response.handler(
                chunk -> {
                    if (body.length() + chunk.length() > answerMax) {
                        taken.tryFail(HttpFault.wrong("answer-too-large"));
                        response.request().reset();
                    } else {
                        body.appendBuffer(chunk);
                    }
                });
        response.endHandler(
                _ ->
                        taken.tryComplete(
                                new Hop.Reply(
                                        response.statusCode(),
                                        response.getHeader("Location"),
                                        body)));
        return taken.future();
    }

    private static <T> T await(CompletableFuture<T> future, Patience patience) throws HttpFault {
        try {
            return future.get(patience.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw HttpFault.late("timeout");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw HttpFault.wrong("stopped");
        } catch (ExecutionException fault) {
            throw named(fault.getCause());
        }
    }

    private static HttpFault named(Throwable fault) {
        return switch (fault) {
            case HttpFault ours -> ours;
            case UnknownHostException _ -> HttpFault.away("unknown-host");
            case ConnectTimeoutException _, SslHandshakeTimeoutException _ ->
                    HttpFault.late("connect-timeout");
            case TimeoutException _ -> HttpFault.late("timeout");
            case ConnectException _ -> HttpFault.away("unreachable");
            case SSLException _ -> HttpFault.away("tls");
            default -> HttpFault.away("broken");
        };
    }

    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        var scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    @Override
    public void close() {
        client.close();
        threads.shutdown();
    }
}
