// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.logging.json.runtime.JsonFormatter;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.AsyncHandler;
import org.jboss.logmanager.handlers.OutputStreamHandler;
import org.junit.jupiter.api.Test;

/** What a log line looks like to whoever collects it. */
class FlatJsonTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @Test
    void theAgreedKeysStandBesideTheMessage() {
        // Given
        var record = new ExtLogRecord(Level.INFO, "leg ended", "org.panacall.Some");
        FlatJson.KEYS.forEach(key -> record.putMdc(key, "the-" + key));
        record.putMdc("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01");
        record.putMdc("stray", "elsewhere");

        // When
        var line = new JsonObject(new FlatJson(new JsonFormatter()).format(record));

        // Then
        assertEquals("leg ended", line.getString("message"));
        FlatJson.KEYS.forEach(key -> assertEquals("the-" + key, line.getString(key)));
        assertEquals(TRACE_ID, line.getString("traceId"));
        assertFalse(line.containsKey("mdc"));
        assertFalse(line.containsKey("stray"));
    }

    @Test
    void aKeyThatALineHasNotIsAbsent() {
        // When
        var record = new ExtLogRecord(Level.INFO, "started", "org.panacall.Some");
        var line = new JsonObject(new FlatJson(new JsonFormatter()).format(record));

        // Then
        assertTrue(FlatJson.KEYS.stream().noneMatch(line::containsKey));
        assertFalse(line.containsKey("traceId"));
    }

    @Test
    void aHandlerBehindAnotherIsFoundToo() {
        // Given
        var console = new OutputStreamHandler(new ByteArrayOutputStream(), new JsonFormatter());
        try (var outer = new AsyncHandler()) {
            outer.addHandler(console);

            // When
            LogLines.flatten(outer);
        }

        // Then
        assertTrue(console.getFormatter() instanceof FlatJson);
    }
}
