// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.prompts;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;
import org.panacall.simkit.Eventually;

/** Audio stands in memory while it comes, so there may be but so many uploads. */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class UploadsAtOnceTest {

    private static final int MAX = 8;
    private static final String AUDIO = "/api/v1/prompts/ru/closed/audio";

    @TestHTTPResource URL url;
    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (var socket : slow) {
            socket.close();
        }
    }

    @Test
    void oneMoreThanMayBeIsToldToComeAgain() throws IOException {
        // Given
        Rest.awaitConfiguration();
        var token = Rest.session("admin");

        // When: which of them comes last is not known.
        for (int i = 0; i <= MAX; i++) {
            slow.add(begun(token));
        }

        // Then
        Eventually.isTrue(
                "one is answered", () -> slow.stream().anyMatch(UploadsAtOnceTest::answered));
        var refused = slow.stream().filter(UploadsAtOnceTest::answered).findFirst().orElseThrow();
        slow.remove(refused);
        refused.close();
        Rest.as(token)
                .contentType("audio/wav")
                .body(new byte[10])
                .put(AUDIO)
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("5"));

        // When
        slow.removeFirst().close();

        // Then
        Eventually.isTrue("a place is free", () -> status(token) != 503);
        assertTrue(slow.stream().noneMatch(UploadsAtOnceTest::answered));
    }

    private static boolean answered(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static int status(String token) {
        return Rest.as(token).contentType("audio/wav").body(new byte[10]).put(AUDIO).statusCode();
    }

    /** Says that much will come, and sends a little of it. */
    private Socket begun(String token) throws IOException {
        var socket = new Socket(url.getHost(), url.getPort());
        var head =
                "PUT %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                        + "Content-Type: audio/wav\r\nContent-Length: 1000000\r\n\r\n";
        var out = socket.getOutputStream();
        out.write(head.formatted(AUDIO, token).getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[1_000]);
        out.flush();
        return socket;
    }
}
