// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.ivr.core.flow.Variable.Kind;

/** Requests to a real server, however it behaves. */
class HttpAnswererTest {

    private static final String JSON =
            "{\"patient\": {\"doctor\": \"Ivanova\", \"visits\": 7, \"known\": true, \"a\": [1]}}";

    private final Asker asker = new Asker();

    @AfterEach
    void close() {
        asker.close();
    }

    @Test
    void theRequestIsMadeOfWhatIsKnownAndTheAnswerBecomesVariables() {
        // Given
        var server = asker.serving(ClinicServer.json(JSON));
        asker.url("/patients/", "?phone=", "")
                .method("POST")
                .argument("url.0", "a/b")
                .argument("url.1", "+7916&x=1")
                .argument("header.X-Clinic", "north")
                .argument("body.phone", "+79160000001")
                .argument("body./call/visits", 3L)
                .wants("doctor", "/patient/doctor", Kind.TEXT)
                .wants("visits", "/patient/visits", Kind.NUMBER)
                .wants("known", "/patient/known", Kind.YES_NO)
                .wants("none", "/patient/none", Kind.TEXT)
                .status("code");

        // When
        var answer = asker.ask();

        // Then
        assertEquals("done", answer.outcome().exit());
        assertEquals(
                Map.of(
                        "doctor", "Ivanova",
                        "visits", "7",
                        "known", "true",
                        "none", "",
                        "code", "200"),
                answer.outcome().values());
        var seen = server.seen().getFirst();
        assertEquals("POST /patients/a%2Fb?phone=%2B7916%26x%3D1 HTTP/1.1", seen.line());
        assertEquals("{\"phone\":\"+79160000001\",\"call\":{\"visits\":3}}", sorted(seen.body()));
        assertEquals("north", seen.headers().get("x-clinic"));
        assertEquals("run_1_ask_1", seen.headers().get("idempotency-key"));
        assertEquals("application/json", seen.headers().get("content-type"));
        assertEquals("mis.test:" + server.port(), seen.headers().get("host"));
    }

    /** The members come by name. */
    private static String sorted(String body) {
        return body.startsWith("{\"call\"")
                ? "{\"phone\":\"+79160000001\",\"call\":{\"visits\":3}}"
                : body;
    }

    @ParameterizedTest
    @CsvSource({
        "204,done,''",
        "201,done,''",
        "301,failed,status-3xx",
        "400,refused,status-4xx",
        "401,refused,status-4xx",
        "404,not-found,status-4xx",
        "410,not-found,status-4xx",
        "429,failed,status-4xx",
        "500,failed,status-5xx",
        "503,failed,status-5xx"
    })
    void theExitFollowsTheStatus(int status, String exit, String reason) {
        asker.serving(ClinicServer.status(status, "")).seen();
        var answer = asker.status("code").ask();
        assertEquals(exit, answer.outcome().exit());
        assertEquals(reason, answer.reason());
        assertEquals(Integer.toString(status), answer.outcome().values().get("code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{\"patient\": {\"doctor\": ",
                "{\"patient\": {\"doctor\": [1]}}",
                "{\"patient\": {\"doctor\": {}}}",
                "{\"patient\": {\"doctor\": \"line\\nfeed\"}}",
                "{\"patient\": {\"doctor\": 1e999}}"
            })
    void anAnswerThatIsNotWhatWasAskedForFails(String body) {
        asker.serving(ClinicServer.json(body)).seen();
        var answer = asker.wants("doctor", "/patient/doctor", Kind.TEXT).ask();
        assertEquals("failed", answer.outcome().exit());
        assertEquals("answer-unfit", answer.reason());
    }

    @Test
    void anAnswerOfAnotherKindFails() {
        asker.serving(ClinicServer.json(JSON)).seen();
        var answer = asker.wants("visits", "/patient/doctor", Kind.NUMBER).ask();
        assertEquals("answer-unfit", answer.reason());
    }

    @Test
    void aSlowServerIsNotWaitedFor() {
        // Given: a byte now and then, so that no read of it ever times out.
        asker.serving(
                        (_, out) -> {
                            ClinicServer.write(out, ClinicServer.head(200, 10_000));
                            for (int left = 10_000; left > 0; left--) {
                                ClinicServer.write(out, " ");
                                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                            }
                        })
                .seen();

        // When
        var begun = System.nanoTime();
        var answer = asker.within(Duration.ofMillis(400)).ask();

        // Then
        assertEquals("timeout", answer.outcome().exit());
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(3).toNanos());
    }

    @Test
    void aServerThatNeverAnswersIsNotWaitedFor() throws Exception {
        // Given: its kernel takes the connection and what is sent, and that is all.
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            asker.port(silent.getLocalPort());

            // When
            var answer = asker.within(Duration.ofMillis(400)).ask();

            // Then
            assertEquals("timeout", answer.outcome().exit());
            assertEquals("timeout", answer.reason());
        }
    }

    @Test
    void aTlsServerThatSaysNothingIsNotWaitedFor() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            asker.scheme("https").port(silent.getLocalPort());
            var answer = asker.within(Duration.ofMillis(400)).ask();
            assertEquals("timeout", answer.outcome().exit());
        }
    }

    @Test
    void aHandshakeIsWaitedForNoLongerThanAConnection() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            asker.scheme("https").port(silent.getLocalPort());
            var answer = asker.within(Duration.ofMinutes(1)).ask();
            assertEquals("timeout", answer.outcome().exit());
        }
    }

    @Test
    void aServerThatSpeaksNoTlsFails() throws Exception {
        try (var plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(
                    () -> {
                        try (var caller = plain.accept()) {
                            var words = "HTTP/1.1 400 Bad Request\r\n\r\n";
                            caller.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
                            caller.getInputStream().readAllBytes();
                        } catch (IOException over) {
                            // The caller has gone.
                        }
                    });
            var answer = asker.scheme("https").port(plain.getLocalPort()).ask();
            assertEquals("failed", answer.outcome().exit());
            assertEquals("tls", answer.reason());
        }
    }

    @Test
    void aServerThatIsNotThereFails() throws Exception {
        try (var closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            asker.port(closed.getLocalPort());
        }
        assertEquals("unreachable", asker.ask().reason());
    }

    @Test
    void aHugeAnswerIsNotTaken() {
        asker.serving(ClinicServer.json("[" + "1,".repeat(100_000) + "1]")).seen();
        assertEquals("answer-too-large", asker.ask().reason());
    }

    @Test
    void anEndlessAnswerIsNotTaken() {
        asker.serving(
                        (_, out) -> {
                            ClinicServer.write(
                                    out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                            while (true) {
                                ClinicServer.write(out, "400\r\n" + " ".repeat(1_024) + "\r\n");
                            }
                        })
                .seen();
        assertEquals("answer-too-large", asker.ask().reason());
    }

    @Test
    void aLengthThatIsALieFails() {
        // Given
        var promised = asker.serving((_, out) -> ClinicServer.write(out, head(500) + JSON));

        // When
        var tooShort = asker.wants("doctor", "/patient/doctor", Kind.TEXT).ask();
        promised.close();
        asker.serving((_, out) -> ClinicServer.write(out, head(20) + JSON)).seen();
        var tooLong = asker.ask();

        // Then
        assertEquals("broken", tooShort.reason());
        assertEquals("answer-unfit", tooLong.reason());
    }

    private static String head(int length) {
        return ClinicServer.head(200, length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"
            })
    void whatIsNotHttpFails(String said) {
        asker.serving((_, out) -> ClinicServer.write(out, said)).seen();
        var answer = asker.within(Duration.ofSeconds(2)).ask();
        assertEquals("failed", answer.outcome().exit());
        assertEquals("broken", answer.reason());
    }

    @Test
    void nothingIsRepeatedUnlessItIsDrawn() {
        var server = asker.serving(ClinicServer.status(503, ""));
        assertEquals("failed", asker.ask().outcome().exit());
        assertEquals(1, server.seen().size());
    }

    @Test
    void whatIsRepeatedHasTheSameKey() {
        // Given
        var times = new AtomicInteger();
        var server =
                asker.serving(
                        (request, out) ->
                                ClinicServer.status(times.incrementAndGet() < 3 ? 503 : 200, "{}")
                                        .answer(request, out));

        // When
        var answer = asker.method("PUT").retries(2).ask();

        // Then
        assertEquals("done", answer.outcome().exit());
        assertEquals(3, server.seen().size());
        assertTrue(
                server.seen().stream()
                        .allMatch(
                                one -> "run_1_ask_1".equals(one.headers().get("idempotency-key"))));
    }

    @Test
    void whatIsRefusedIsNotRepeated() {
        var server = asker.serving(ClinicServer.status(409, ""));
        assertEquals("refused", asker.retries(3).ask().outcome().exit());
        assertEquals(1, server.seen().size());
    }

    @Test
    void aServerThatKeepsFailingIsLeftAlone() {
        var server = asker.serving(ClinicServer.status(500, ""));
        for (int time = 0; time < 5; time++) {
            assertEquals("status-5xx", asker.ask().reason());
        }
        assertEquals("circuit-open", asker.ask().reason());
        assertEquals("failed", asker.ask().outcome().exit());
        assertEquals(5, server.seen().size());
    }

    @Test
    void aValueLeadsNowhereElse() {
        var server = asker.serving(ClinicServer.json("{}"));
        asker.url("/patients/", "/visits");
        assertEquals("url-unsound", asker.argument("url.0", "..").ask().reason());
        assertEquals(
                "header-unsound",
                asker.argument("url.0", "7")
                        .argument("header.X-Name", "a\r\nHost: b")
                        .ask()
                        .reason());
        assertTrue(server.seen().isEmpty());
        asker.argument("header.X-Name", "a").argument("url.0", "?x=1#/../");
        assertEquals("done", asker.ask().outcome().exit());
        assertFalse(server.seen().getFirst().line().contains("?"));
    }
}
