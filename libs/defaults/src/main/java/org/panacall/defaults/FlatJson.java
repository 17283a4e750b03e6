// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults;

import io.quarkus.logging.json.runtime.JsonFormatter;
import java.util.HashSet;
import java.util.List;
import org.jboss.logmanager.ExtLogRecord;

/**
 * JSON lines with the agreed keys beside the message, where queries look for them, instead of in an
 * object of their own; what else is in the context is left out. Any thread.
 */
final class FlatJson extends JsonFormatter {

    /** Every key that a line may have; see docs/observability.md. */
    static final List<String> KEYS =
            List.of("call", "leg", "agent", "queue", "tenant", "endReason");

    private static final String TRACEPARENT = "traceparent";
    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;

    /** With the settings of the formatter that it stands in for. */
    FlatJson(JsonFormatter configured) {
        super("", excluded(configured), configured.getAdditionalFields());
        setRecordDelimiter(configured.getRecordDelimiter());
        setExceptionOutputType(configured.getExceptionOutputType());
        setDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        setPrintDetails(configured.isPrintDetails());
    }

    @Override
    protected void after(Generator generator, ExtLogRecord record) throws Exception {
        super.after(generator, record);
        for (var key : KEYS) {
            var value = record.getMdc(key);
            if (value != null) {
                generator.add(key, value);
            }
        }
        var traceparent = record.getMdc(TRACEPARENT);
        if (traceparent != null && traceparent.length() > TRACE_ID_END) {
            generator.add("traceId", traceparent.substring(TRACE_ID_BEGIN, TRACE_ID_END));
        }
    }

    private static HashSet<String> excluded(JsonFormatter configured) {
        var excluded = new HashSet<>(configured.getExcludedKeys());
        excluded.add("mdc");
        return excluded;
    }
}
