// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.SipMessage.Response;

/**
 * Our INVITE (RFC 3261 §17.1.1, RFC 6026 §7.2), over UDP.
 *
 * <pre>
 * CALLING --1xx--> PROCEEDING --3xx-6xx/ACK--> COMPLETED --D--> gone
 *    |                 |------2xx-----> ACCEPTED --M--> gone
 *    '--B--> gone
 * </pre>
 */
public final class InviteClientTransaction extends Timed {

    private enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        GONE
    }

    private final Transactions transactions;
    private final String key;
    private final Endpoint to;
    private final InviteUser user;
    private State state = State.CALLING;
    private byte[] message;
    private long interval;
    private long givesUpAt;

    InviteClientTransaction(
            Transactions transactions, String key, byte[] invite, Endpoint to, InviteUser user) {
        this.transactions = transactions;
        this.key = key;
        this.message = invite;
        this.to = to;
        this.user = user;
    }

    void start(long now) {
        interval = transactions.timing().t1();
        givesUpAt = now + transactions.timing().timeout();
        transactions.send(message, to);
        transactions.wake(this, now + interval);
    }

    void on(Response response, long now) {
        if (response.status() < 200) {
            onProvisional(response, now);
        } else if (response.status() < 300) {
            onSuccess(response, now);
        } else {
            onRefusal(response, now);
        }
    }

    private void onProvisional(Response response, long now) {
        if (state != State.CALLING && state != State.PROCEEDING) return;
        state = State.PROCEEDING;
        transactions.sleep(this);
        user.onResponse(response, now);
    }

    private void onSuccess(Response response, long now) {
        if (state == State.COMPLETED || state == State.GONE) return;
        if (state != State.ACCEPTED) {
            state = State.ACCEPTED;
            message = null;
            transactions.wake(this, now + transactions.timing().timeout());
        }
        user.onResponse(response, now);
    }

    private void onRefusal(Response response, long now) {
        switch (state) {
            case CALLING, PROCEEDING -> {
                state = State.COMPLETED;
                message = user.refusalAck(response);
                transactions.send(message, to);
                transactions.wake(this, now + transactions.timing().refusalLinger());
                user.onResponse(response, now);
            }
            case COMPLETED -> transactions.send(message, to);
            case ACCEPTED, GONE -> {}
        }
    }

    /** Forgets a transaction for which no final response will come any more. */
    public void abandon() {
        state = State.GONE;
        transactions.removeClient(key, this);
    }

    @Override
    protected void due(long now) {
        if (state == State.CALLING && now < givesUpAt) {
            interval = 2 * interval;
            transactions.send(message, to);
            transactions.wake(this, Math.min(now + interval, givesUpAt));
            return;
        }
        boolean unanswered = state == State.CALLING;
        abandon();
        if (unanswered) user.onTimeout(now);
    }
}
