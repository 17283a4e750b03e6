// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A server on a real port that answers byte by byte what the test wants, however wrong. */
final class ClinicServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Conduct conduct;

    /** What it does with a request. */
    interface Conduct {
        void answer(Seen request, OutputStream out) throws IOException;
    }

    /** A request that came. */
    record Seen(String line, Map<String, String> headers, String body) {}

    ClinicServer(Conduct conduct) {
        this(InetAddress.getLoopbackAddress(), conduct);
    }

    ClinicServer(InetAddress address, Conduct conduct) {
        this(ServerSocketFactory.getDefault(), address, conduct);
    }

    /** One that speaks TLS. */
    ClinicServer(SSLContext tls, Conduct conduct) {
        this(tls.getServerSocketFactory(), InetAddress.getLoopbackAddress(), conduct);
    }

    private ClinicServer(ServerSocketFactory sockets, InetAddress address, Conduct conduct) {
        this.conduct = conduct;
        try {
            socket = sockets.createServerSocket(0, 50, address);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    static Conduct json(String body) {
        return status(200, body);
    }

    static Conduct status(int status, String body) {
        return (_, out) -> write(out, head(status, body.getBytes().length) + body);
    }

    static String head(int status, int length) {
        return "HTTP/1.1 %d Said\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(status, length);
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    int port() {
        return socket.getLocalPort();
    }

    List<Seen> seen() {
        return seen;
    }

    private void accept() {
        while (true) {
            try {
                var one = socket.accept();
                open.add(one);
                Thread.ofVirtual().start(() -> serve(one));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket one) {
        try (one) {
            var request = read(one.getInputStream());
            seen.add(request);
            conduct.answer(request, one.getOutputStream());
        } catch (IOException gone) {
            // The other side had enough.
        }
    }

    private static Seen read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        var lines = head.toString(StandardCharsets.UTF_8).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Seen(lines[0], headers, body);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var one : open) {
                one.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
