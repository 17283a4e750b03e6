// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.ivr.outside.Answer;

/** Requests to a server that proves who it is by a certificate. */
class TlsTest {

    private final Asker asker = new Asker();
    @TempDir private Path directory;

    @AfterEach
    void close() {
        asker.close();
    }

    private Answer ask(Certificates server) throws Exception {
        var listening =
                asker.also(new ClinicServer(server.server(), ClinicServer.json("{\"a\": 1}")));
        asker.scheme("https").port(listening.port());
        var answer = asker.ask();
        assertEquals(answer.outcome().exit().equals("done"), !listening.seen().isEmpty());
        return answer;
    }

    @Test
    void aServerWhoseAuthorityIsTrustedIsAsked() throws Exception {
        // Given
        var server = new Certificates(directory, "mis.test");
        asker.trusts(server.certificate);

        // When
        var answer = ask(server);

        // Then
        assertEquals("done", answer.outcome().exit(), answer.reason());
    }

    @Test
    void aServerWhomNobodyVouchesForGetsNothing() throws Exception {
        // When
        var answer = ask(new Certificates(directory, "mis.test"));

        // Then
        assertEquals("failed", answer.outcome().exit());
        assertEquals("tls", answer.reason());
    }

    @Test
    void aServerThatIsAnotherOneGetsNothing() throws Exception {
        // Given
        var server = new Certificates(directory, "other.test");
        asker.trusts(server.certificate);

        // When
        var answer = ask(server);

        // Then
        assertEquals("failed", answer.outcome().exit());
        assertEquals("tls", answer.reason());
    }
}
