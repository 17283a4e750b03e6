// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Messages of a consumer one by one, with the failures of the client made plain. */
record Reading(IterableConsumer messages) implements Closeable {

    /** The next message, or null when none came in time. */
    Message next(Duration wait) throws IOException, InterruptedException {
        try {
            return messages.nextMessage(wait);
        } catch (JetStreamStatusCheckedException failure) {
            throw new IOException(failure);
        }
    }

    boolean over() {
        return messages.isFinished();
    }

    @Override
    public void close() throws IOException {
        try {
            messages.close();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IOException(failure);
        }
    }
}
