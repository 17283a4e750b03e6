// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.SipMessage.Response;

/**
 * Our request other than INVITE (RFC 3261 §17.1.2), over UDP.
 *
 * <pre>
 * TRYING --1xx--> PROCEEDING --final--> COMPLETED --K--> gone
 *    '-- F --> gone    '-- F --> gone
 * </pre>
 */
final class ClientTransaction extends Timed {

    private enum State {
        TRYING,
        PROCEEDING,
        COMPLETED
    }

    private final Transactions transactions;
    private final String key;
    private final byte[] request;
    private final Endpoint to;
    private final ClientUser user;
    private State state = State.TRYING;
    private long interval;
    private long givesUpAt;

    ClientTransaction(
            Transactions transactions, String key, byte[] request, Endpoint to, ClientUser user) {
        this.transactions = transactions;
        this.key = key;
        this.request = request;
        this.to = to;
        this.user = user;
    }

    void start(long now) {
        interval = transactions.timing().t1();
        givesUpAt = now + transactions.timing().timeout();
        transactions.send(request, to);
        transactions.wake(this, now + interval);
    }

    void on(Response response, long now) {
        if (state == State.COMPLETED) return;
        if (response.status() < 200) {
            // From now on the request is repeated at T2 only: somebody has it.
            if (state == State.TRYING) {
                state = State.PROCEEDING;
                interval = transactions.timing().t2();
                transactions.wake(this, Math.min(now + interval, givesUpAt));
            }
        } else {
            state = State.COMPLETED;
            transactions.wake(this, now + transactions.timing().t4());
        }
        user.onResponse(response, now);
    }

    @Override
    protected void due(long now) {
        if (state != State.COMPLETED && now < givesUpAt) {
            interval = transactions.timing().next(interval);
            transactions.send(request, to);
            transactions.wake(this, Math.min(now + interval, givesUpAt));
            return;
        }
        transactions.removeClient(key, this);
        if (state != State.COMPLETED) user.onTimeout(now);
    }
}
