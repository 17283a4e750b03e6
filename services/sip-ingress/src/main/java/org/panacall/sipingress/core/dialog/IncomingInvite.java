// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.ReasonHeader;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.transaction.InviteServerTransaction;
import org.panacall.sipingress.core.transaction.RequestScreen;
import org.panacall.sipingress.core.transaction.Timed;

/**
 * Their INVITE or re-INVITE, from its arrival to the ACK (RFC 3261 §13.3).
 *
 * <pre>
 * OPEN --accept--> ACCEPTED --ACK, or 64*T1 without--> OVER
 *   '--refuse, CANCEL, or too long without answer----> OVER
 * </pre>
 */
final class IncomingInvite extends Timed implements InviteServerTransaction.Cancellable {

    /** How often a 18x is repeated, so that proxies keep waiting (RFC 3261 §13.3.1.1). */
    private static final long RING_REPEAT_MS = 60_000;

    /** Whose INVITE it is: the leg's first one, or one of its re-INVITEs. */
    interface Owner {

        /** The INVITE was taken back, or nobody decided in time; it is refused already. */
        void onCancelled(Optional<ReasonHeader> reason, long now);

        /** The ACK of our 200 came, with their answer if we had offered. */
        void onAcknowledged(Optional<String> answer, long now);

        /** It did not come for 64*T1. */
        void onAckMissing(long now);
    }

    private enum State {
        OPEN,
        ACCEPTED,
        OVER
    }

    private final Shard shard;
    private final Owner owner;
    private final Request request;
    private final Endpoint source;
    private final InviteServerTransaction transaction;
    private State state = State.OPEN;
    private byte[] repeated;
    private long interval;
    private long givesUpAt;
    private int statusOfSilence;

    IncomingInvite(Owner owner, String localTag, Shard shard, Request request, Endpoint source) {
        this.owner = owner;
        this.shard = shard;
        this.request = request;
        this.source = source;
        transaction = shard.transactions.open(request, source, localTag);
        transaction.belongsTo(this);
    }

    /** Says 100 at once; if nobody decides in time, refuses with this status. */
    void begin(long patience, int status, long now) {
        transaction.provisional(shard.reply(request, 100, source, "").bytes());
        statusOfSilence = status;
        givesUpAt = now + patience;
        shard.deadlines.set(this, givesUpAt);
    }

    /** How another process would refuse it: in the way that makes the edge try elsewhere. */
    Farewell farewell() {
        var refusal = shard.reply(request, 503, source, localTag()).bytes();
        return new Farewell("", refusal, request.envelope().via().replyTo(source));
    }

    Request request() {
        return request;
    }

    private String localTag() {
        return transaction.localTag();
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether a 200 is out and its ACK not in. */
    boolean awaitsAck() {
        return state == State.ACCEPTED;
    }

    /** Their offer. */
    Optional<String> offer() {
        return sdpOf(request);
    }

    private static Optional<String> sdpOf(Request message) {
        boolean given = message.body().length > 0;
        return given && message.contentType().equals(RequestScreen.SDP)
                ? Optional.of(message.text())
                : Optional.empty();
    }

    void ring(int status, Optional<String> sdp, long now) {
        repeated = dialogReply(status, sdp);
        transaction.provisional(repeated);
        shard.deadlines.set(this, Math.min(now + RING_REPEAT_MS, givesUpAt));
    }

    void accept(String sdp, long now) {
        state = State.ACCEPTED;
        repeated = dialogReply(200, Optional.of(sdp));
        transaction.accept(repeated, now);
        interval = shard.timing.t1();
        givesUpAt = now + shard.timing.timeout();
        shard.deadlines.set(this, now + interval);
    }

    void refuse(int status, Optional<ReasonHeader> reason, List<HeaderField> headers, long now) {
        var writer = shard.reply(request, status, source, localTag()).reason(reason);
        headers.forEach(writer::header);
        stop();
        transaction.refuse(writer.bytes(), now);
    }

    /** A response that makes a dialog: 18x or 2xx (RFC 3261 §12.1.1). */
    private byte[] dialogReply(int status, Optional<String> sdp) {
        var writer = shard.reply(request, status, source, localTag());
        for (var route : request.headers().values(HeaderName.RECORD_ROUTE)) {
            writer.header(HeaderName.RECORD_ROUTE, route);
        }
        writer.header(HeaderName.CONTACT, shard.contact)
                .header(HeaderName.ALLOW, RequestScreen.ALLOWED)
                .header(HeaderName.SUPPORTED, "");
        return sdp.isPresent() ? writer.bytes(RequestScreen.SDP, sdp.get()) : writer.bytes();
    }

    void refuse(int status, long now) {
        refuse(status, Optional.empty(), List.of(), now);
    }

    /** Refuses it if that is still possible, else ends the wait for the ACK. */
    void close(long now) {
        if (state == State.OPEN) {
            refuse(487, now);
        } else {
            stop();
        }
    }

    /** Ends the wait for the ACK. */
    private void stop() {
        state = State.OVER;
        repeated = null;
        shard.deadlines.clear(this);
    }

    /** The ACK of our 200, if it is this one's. */
    void onAck(Request ack, long now) {
        boolean ours = ack.envelope().cseq().number() == request.envelope().cseq().number();
        if (state != State.ACCEPTED || !ours) return;
        stop();
        owner.onAcknowledged(offer().isPresent() ? Optional.empty() : sdpOf(ack), now);
    }

    @Override
    public void onCancel(Request cancel, long now) {
        refuse(487, now);
        owner.onCancelled(ReasonHeader.of(cancel.headers()), now);
    }

    @Override
    protected void due(long now) {
        if (now >= givesUpAt) {
            giveUp(now);
        } else if (state == State.OPEN) {
            transaction.provisional(repeated);
            shard.deadlines.set(this, Math.min(now + RING_REPEAT_MS, givesUpAt));
        } else {
            transaction.repeat(repeated);
            interval = shard.timing.next(interval);
            shard.deadlines.set(this, Math.min(now + interval, givesUpAt));
        }
    }

    private void giveUp(long now) {
        if (state == State.ACCEPTED) {
            stop();
            owner.onAckMissing(now);
            return;
        }
        refuse(statusOfSilence, now);
        owner.onCancelled(Optional.of(ReasonHeader.sip(statusOfSilence)), now);
    }
}
