// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.seed;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import java.io.IOException;
import java.time.Duration;
import org.panacall.flow.document.ShortDurations;

/** "15s", "1.5s", "500ms", "2m" or ISO 8601. */
final class ShortDuration extends FromStringDeserializer<Duration> {

    private static final long serialVersionUID = 1L;

    ShortDuration() {
        super(Duration.class);
    }

    @Override
    protected Duration _deserialize(String text, DeserializationContext context)
            throws IOException {
        var read = ShortDurations.read(text);
        return read.isPresent()
                ? read.get()
                : (Duration)
                        context.handleWeirdStringValue(Duration.class, text, ShortDurations.HINT);
    }
}
