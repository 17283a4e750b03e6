// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.jboss.logging.Logger;

/** One line for what the client library meets, without the stack traces it prints by itself. */
final class QuietErrors implements ErrorListener {

    private static final Logger LOG = Logger.getLogger(NatsLink.class);

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warnf("NATS said: %s", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
        LOG.debugf("NATS connection: %s", failure.getMessage());
    }
}
