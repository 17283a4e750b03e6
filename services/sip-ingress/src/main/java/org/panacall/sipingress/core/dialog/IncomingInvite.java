// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Optional;
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

    private enum State {
        OPEN,
        ACCEPTED,
        OVER
    }

    private final Shard shard;
    private final UserAgentLeg leg;
    private final Request request;
    private final Endpoint source;
    private final InviteServerTransaction transaction;
    private final boolean initial;
    private State state = State.OPEN;
    private byte[] repeated;
    private long interval;
    private long givesUpAt;

    IncomingInvite(
            UserAgentLeg leg, Shard shard, Request request, Endpoint source, boolean initial) {
        this.leg = leg;
        this.shard = shard;
        this.request = request;
        this.source = source;
        this.initial = initial;
        transaction = shard.transactions.open(request, source, leg.localTag);
        transaction.belongsTo(this);
    }

    /** Says 100 at once and starts waiting for what the leg's owner decides. */
    void begin(long now) {
        transaction.provisional(shard.reply(request, 100, source, "").bytes());
        long patience =
                initial
                        ? shard.settings.bounds().inviteTimeout().toMillis()
                        : shard.timing.timeout();
        givesUpAt = now + patience;
        shard.deadlines.set(this, givesUpAt);
    }

    Request request() {
        return request;
    }

    private String localTag() {
        return transaction.localTag();
    }

    boolean isInitial() {
        return initial;
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

    /** Ends the wait for the ACK. */
    void stop() {
        state = State.OVER;
        repeated = null;
        shard.deadlines.clear(this);
    }

    /** The ACK of our 200, if it is this one's. */
    void onAck(Request ack, long now) {
        boolean ours = ack.envelope().cseq().number() == request.envelope().cseq().number();
        if (state != State.ACCEPTED || !ours) return;
        stop();
        leg.onAcknowledged(offer().isPresent() ? Optional.empty() : sdpOf(ack), now);
    }

    @Override
    public void onCancel(Request cancel, long now) {
        refuse(487, now);
        leg.onCancelled(initial, ReasonHeader.of(cancel.headers()), now);
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
            leg.onAckMissing(now);
            return;
        }
        int status = initial ? 480 : 500;
        refuse(status, now);
        leg.onCancelled(initial, Optional.of(ReasonHeader.sip(status)), now);
    }
}
