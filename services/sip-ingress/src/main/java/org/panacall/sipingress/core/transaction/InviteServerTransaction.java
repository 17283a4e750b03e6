// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.SipMessage.Request;

/**
 * Their INVITE (RFC 3261 §17.2.1, RFC 6026 §7.1), over UDP.
 *
 * <pre>
 * PROCEEDING --2xx--> ACCEPTED --L--> gone
 *     '--3xx-6xx--> COMPLETED --ACK--> CONFIRMED --I--> gone
 *                       '--H--> gone
 * </pre>
 */
public final class InviteServerTransaction extends Timed {

    /** Who decides what becomes of an INVITE. */
    public interface Cancellable {

        /** The other side takes the INVITE back; 200 to the CANCEL is already sent. */
        void onCancel(Request cancel, long now);
    }

    private enum State {
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        CONFIRMED,
        GONE
    }

    private final Transactions transactions;
    private final String key;
    private final Endpoint replyTo;
    private final String localTag;
    private State state = State.PROCEEDING;
    private byte[] response;
    private Cancellable user;
    private long interval;
    private long givesUpAt;

    InviteServerTransaction(
            Transactions transactions, String key, Endpoint replyTo, String localTag) {
        this.transactions = transactions;
        this.key = key;
        this.replyTo = replyTo;
        this.localTag = localTag;
    }

    /** The tag that our responses to this INVITE, and to its CANCEL, carry. */
    public String localTag() {
        return localTag;
    }

    /** Says who wants to hear of a CANCEL. */
    public void belongsTo(Cancellable newUser) {
        user = newUser;
    }

    /** Whether no final response was given. */
    public boolean isOpen() {
        return state == State.PROCEEDING;
    }

    /** Sends a 1xx, and again whenever the INVITE is repeated. */
    public void provisional(byte[] message) {
        assert state == State.PROCEEDING;
        response = message;
        transactions.send(message, replyTo);
    }

    /** Sends a 2xx. The user repeats it until the ACK, as it goes from end to end. */
    public void accept(byte[] message, long now) {
        finish(State.ACCEPTED);
        transactions.send(message, replyTo);
        transactions.wake(this, now + transactions.timing().timeout());
    }

    /** Sends a 2xx once more. */
    public void repeat(byte[] message) {
        transactions.send(message, replyTo);
    }

    /** Sends a refusal, and again until the ACK. */
    public void refuse(byte[] message, long now) {
        finish(State.COMPLETED);
        response = message;
        interval = transactions.timing().t1();
        givesUpAt = now + transactions.timing().timeout();
        transactions.send(message, replyTo);
        transactions.wake(this, now + interval);
    }

    private void finish(State next) {
        assert state == State.PROCEEDING;
        state = next;
        response = null;
        user = null;
    }

    /** The INVITE came again. */
    void onRepeated() {
        if (response != null && state != State.CONFIRMED) transactions.send(response, replyTo);
    }

    /** An ACK came; whether it was this transaction's own. */
    boolean onAck(long now) {
        if (state == State.COMPLETED) {
            state = State.CONFIRMED;
            response = null;
            transactions.wake(this, now + transactions.timing().t4());
            return true;
        }
        return state == State.CONFIRMED;
    }

    void onCancel(Request cancel, long now) {
        if (state == State.PROCEEDING && user != null) user.onCancel(cancel, now);
    }

    @Override
    protected void due(long now) {
        if (state == State.COMPLETED && now < givesUpAt) {
            interval = transactions.timing().next(interval);
            transactions.send(response, replyTo);
            transactions.wake(this, Math.min(now + interval, givesUpAt));
            return;
        }
        state = State.GONE;
        transactions.removeServer(key, this);
    }
}
