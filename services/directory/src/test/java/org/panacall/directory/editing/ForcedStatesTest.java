// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.proto.directory.v1.Change;

/** Who made others ready, not ready or signed out stands in the audit. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class ForcedStatesTest {

    @Inject GrpcServer grpc;
    private Editor editor;

    @BeforeEach
    void connect() {
        editor = new Editor(grpc.port());
    }

    @AfterEach
    void disconnect() {
        editor.close();
    }

    @Test
    void eachOneIsWrittenDownAlsoTheSameAgain() {
        // When
        editor.forced("agent_103", "not-ready", "lunch");
        editor.forced("agent_103", "ready", "");
        editor.forced("agent_103", "ready", "");

        // Then
        var changes = editor.changes("agent_103");
        assertEquals(
                List.of(
                        "{\"state\":\"ready\"}",
                        "{\"state\":\"ready\"}",
                        "{\"state\":\"not-ready\",\"reason\":\"lunch\"}"),
                changes.stream().map(Change::getAfter).toList());
        var first = changes.getLast();
        assertEquals("agent-forced", first.getKind());
        assertEquals("supervisor_201", first.getAuthor());
        assertEquals("", first.getBefore());
        assertTrue(first.hasAt());
    }

    @Test
    void whatSaysNothingIsNotWrittenDown() {
        // When
        var fault =
                assertThrows(
                        StatusRuntimeException.class,
                        () -> editor.forced("agent_103", "asleep", ""));

        // Then
        assertEquals(Status.Code.INVALID_ARGUMENT, fault.getStatus().getCode());
        assertEquals(List.of(), editor.changes("agent_103"));
    }
}
