// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.panacall.tests.journeys.Talk.PATIENT_HZ;
import static org.panacall.tests.journeys.Talk.SOON;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.panacall.launcher.plan.Ports;
import org.panacall.launcher.plan.Service;
import org.panacall.proto.acd.v1.AcdServiceGrpc;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.ivr.v1.IvrServiceGrpc;
import org.panacall.proto.media.v1.MediaServiceGrpc;
import org.panacall.proto.reporting.v1.ReportingServiceGrpc;
import org.panacall.proto.sipingress.v1.CallControlServiceGrpc;
import org.panacall.simkit.Dice;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.journeys.ClinicExtension;
import org.panacall.tests.journeys.Talk;
import org.panacall.tests.ua.Dialling;

/** Peers that connect and then say half of it, nothing, nonsense or too much. */
@ExtendWith(ClinicExtension.class)
class SlowPeersTest {

    private static final int HALVES = 300;
    private static final int FRAME = 1_000_000;
    private static final int RPC_BYTES = 6 << 20;
    private static final int WAIT_MS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String HALF_HTTP = "GET /api/v1/agents HTTP/1.1\r\nHost: local";
    private static final String HALF_BODY =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{";
    private static final String HALF_SIP = "INVITE sip:1@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TC";
    private static final String UPGRADE =
            """
            GET %s HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Protocol: sip

            """
                    .replace("\n", "\r\n");
    private static final String OPTIONS =
            """
            OPTIONS sip:panacall.test SIP/2.0
            Via: SIP/2.0/TCP 127.0.0.1:5099;branch=z9hG4bKslow
            From: <sip:x@panacall.test>;tag=1
            To: <sip:panacall.test>
            Call-ID: slow
            CSeq: 1 OPTIONS
            Max-Forwards: 70
            Content-Length: 0

            """
                    .replace("\n", "\r\n");

    private final ArrayDeque<Socket> open = new ArrayDeque<>();

    @AfterEach
    void close() throws IOException {
        while (!open.isEmpty()) open.pop().close();
    }

    private Socket connect(int port, String words) {
        try {
            var socket = new Socket("127.0.0.1", port);
            open.push(socket);
            socket.setSoTimeout(WAIT_MS);
            socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** What is heard until the other side has no more to say for now, or closes. */
    private static String hear(Socket socket) throws IOException {
        var buffer = new byte[4_096];
        int length = socket.getInputStream().read(buffer);
        return length < 0 ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void othersAreServedBesideThoseWhoSayHalfOfIt(Clinic clinic) throws IOException {
        // Given
        int web = clinic.webPort();
        int sip = clinic.edge().getPort();
        var ports = new Ports(web - 8080);
        for (int i = 0; i < HALVES; i++) {
            connect(web, i % 2 == 0 ? HALF_HTTP : HALF_BODY);
            connect(sip, HALF_SIP);
            connect(ports.webSocket(), HALF_HTTP);
        }
        for (int i = 0; i < HALVES / 3; i++) {
            connect(web, UPGRADE.formatted("/api/v1/events"));
            connect(web, UPGRADE.formatted("/sip"));
        }
        // When
        var patient = clinic.patient(Talk.freshNumber(), PATIENT_HZ);
        var call = patient.dial(Clinic.ECHO_NUMBER, Dialling.plain());
        // Then
        assertTrue(call.awaitAnswered(SOON), () -> call.statuses().toString());
        Talk.hears(call, PATIENT_HZ);
        assertTrue(clinic.get("/agents").path("items").size() > 0);
        assertTrue(hear(connect(sip, OPTIONS)).startsWith("SIP/2.0 200 "));
        assertTrue(hear(connect(web, UPGRADE.formatted("/sip"))).startsWith("HTTP/1.1 101 "));
    }

    @Test
    void whoSignsInToNoEventsIsClosed(Clinic clinic) throws IOException {
        // When
        var silent = connect(clinic.webPort(), UPGRADE.formatted("/api/v1/events"));
        // Then
        assertTrue(hear(silent).startsWith("HTTP/1.1 101 "));
        assertEquals("\u0088", hear(silent).substring(0, 1), "no close frame");
    }

    @Test
    void hugeFramesEndTheirConnection(Clinic clinic) throws IOException {
        for (var path : List.of("/api/v1/events", "/sip")) {
            // Given
            var socket = connect(clinic.webPort(), UPGRADE.formatted(path));
            assertTrue(hear(socket).startsWith("HTTP/1.1 101 "), path);
            // When
            writeFrame(socket);
            // Then
            assertTrue(isClosed(socket), path);
        }
    }

    /** A text frame of a megabyte, masked with zeros. */
    private static void writeFrame(Socket socket) throws IOException {
        var out = socket.getOutputStream();
        out.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0, FRAME >> 16, 0, 0});
        out.write(new byte[4]);
        try {
            out.write(new byte[FRAME]);
        } catch (IOException closed) {
            assertTrue(closed.getMessage() != null);
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            while (!hear(socket).isEmpty()) Thread.onSpinWait();
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void nonsenseOnServicePortsChangesNothing(Clinic clinic) throws IOException {
        // Given
        var ports = new Ports(clinic.webPort() - 8080);
        var dice = new Dice(1);
        // When
        for (var service : Service.values()) {
            for (int i = 0; i < 30; i++) {
                var noise = new StringBuilder(i % 2 == 0 ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" : "");
                for (int b = dice.below(2_000); b > 0; b--) noise.append((char) dice.below(256));
                boolean rpc = service != Service.DESKTOP && i % 3 > 0;
                int port = rpc ? ports.grpc(service, 1) : ports.http(service, 1);
                connect(port, noise.toString());
            }
        }
        // Then
        for (var service : Service.values()) {
            var health = "GET /q/health/live HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
            var answer = hear(connect(ports.http(service, 1), health));
            assertTrue(answer.startsWith("HTTP/1.1 200 "), service + ": " + answer);
        }
    }

    @Test
    void rpcsWithoutATokenOrTooLargeAreRefused(Clinic clinic) {
        var ports = new Ports(clinic.webPort() - 8080);
        methods()
                .forEach(
                        (service, method) -> {
                            int port = ports.grpc(service, 1);
                            assertEquals(
                                    Status.Code.UNAUTHENTICATED, call(port, method, "", 0), method);
                            assertEquals(
                                    Status.Code.UNAUTHENTICATED,
                                    call(port, method, "Bearer wrong", 0),
                                    method);
                            assertTrue(call(port, method, "", RPC_BYTES) != Status.Code.OK, method);
                        });
    }

    private static Map<Service, String> methods() {
        var methods = new LinkedHashMap<Service, String>();
        methods.put(Service.ACD, AcdServiceGrpc.getListAgentsMethod().getFullMethodName());
        methods.put(Service.DIRECTORY, DirectoryServiceGrpc.getSignInMethod().getFullMethodName());
        methods.put(Service.IVR, IvrServiceGrpc.getStartRunMethod().getFullMethodName());
        methods.put(Service.MEDIA, MediaServiceGrpc.getOpenLegMethod().getFullMethodName());
        methods.put(
                Service.REPORTING,
                ReportingServiceGrpc.getListCallRecordsMethod().getFullMethodName());
        methods.put(
                Service.SIP_INGRESS,
                CallControlServiceGrpc.getHangUpCallMethod().getFullMethodName());
        return methods;
    }

    private static Status.Code call(int port, String method, String token, int bytes) {
        var channel =
                NettyChannelBuilder.forAddress(
                                InetAddress.getLoopbackAddress().getHostAddress(), port)
                        .usePlaintext()
                        .build();
        try {
            var headers = new Metadata();
            var key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
            if (!token.isEmpty()) headers.put(key, token);
            var through = MetadataUtils.newAttachHeadersInterceptor(headers);
            var descriptor =
                    MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                            .setFullMethodName(method)
                            .setType(MethodDescriptor.MethodType.UNARY)
                            .build();
            var options =
                    CallOptions.DEFAULT.withDeadlineAfter(
                            PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            ClientCalls.blockingUnaryCall(
                    io.grpc.ClientInterceptors.intercept(channel, through),
                    descriptor,
                    options,
                    new byte[bytes]);
            return Status.Code.OK;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    /** Messages as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
