// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.Endpoint;

/**
 * Their request other than INVITE (RFC 3261 §17.2.2), over UDP. We answer all of them at once, so
 * only COMPLETED is left of the diagram: the answer is repeated until timer J.
 */
final class ServerTransaction extends Timed {

    private final Transactions transactions;
    private final String key;
    private final byte[] response;
    private final Endpoint replyTo;

    ServerTransaction(Transactions transactions, String key, byte[] response, Endpoint replyTo) {
        this.transactions = transactions;
        this.key = key;
        this.response = response;
        this.replyTo = replyTo;
    }

    void onRepeated() {
        transactions.send(response, replyTo);
    }

    @Override
    protected void due(long now) {
        transactions.removeServer(key, this);
    }
}
