// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.MessageWriter;
import org.panacall.sipingress.core.message.ReasonHeader;
import org.panacall.sipingress.core.message.SipMessage.Response;
import org.panacall.sipingress.core.transaction.ClientUser;
import org.panacall.sipingress.core.transaction.InviteClientTransaction;
import org.panacall.sipingress.core.transaction.InviteUser;
import org.panacall.sipingress.core.transaction.RequestScreen;
import org.panacall.sipingress.core.transaction.Timed;

/**
 * Our INVITE or re-INVITE, from sending it to the ACK, and as long as its transaction lives: 200s
 * that come again are acknowledged again, those of other forks are hung up (RFC 3261 §13.2.2.4).
 *
 * <pre>
 * CALLING --1xx--> RINGING --cancel--> LEAVING --refusal, 200, or 64*T1 without--> OVER
 *    '-----2xx--------'--2xx--> ANSWERED --ACK--> OVER
 * </pre>
 */
final class OutgoingInvite extends Timed implements InviteUser {

    private static final int STRAYS_MAX = 8;

    /** Whose INVITE it is: the leg's first one, or one of its re-INVITEs. */
    interface Owner {

        /** Whether the leg is being hung up, so that an answer is of no use any more. */
        boolean isLeaving();

        /** 200; acknowledged already unless they made the offer. */
        void onAccepted(Dialog answered, Optional<String> answer);

        /** 200 and ACK, but taken back meanwhile; with what the owner was to hear of that. */
        void onAnsweredTooLate(Dialog answered, int status, long now);

        /** Any other final response, or none. */
        void onRefused(UserAgentOutput.Rejected refusal, long now);
    }

    private enum State {
        CALLING,
        RINGING,
        LEAVING,
        ANSWERED,
        OVER
    }

    /** A 200 that was acknowledged, so that it can be again. */
    private record Acknowledgement(String remoteTag, byte[] ack, Endpoint to) {}

    private final Shard shard;
    private final Owner owner;
    private final LegId leg;
    private final Dialog dialog;
    private final Endpoint destination;
    private final boolean initial;
    private final long sequence;
    private final String branch;
    private final List<Acknowledgement> acknowledged = new ArrayList<>(1);
    private State state = State.CALLING;
    private boolean offered;
    private InviteClientTransaction transaction;
    private Dialog answered;
    private int cancelStatus;
    private Optional<ReasonHeader> cancelReason = Optional.empty();

    OutgoingInvite(Owner owner, LegId leg, Shard shard, Dialog dialog, boolean initial) {
        this.owner = owner;
        this.leg = leg;
        this.shard = shard;
        this.dialog = dialog;
        this.initial = initial;
        destination = initial ? dialog.peer : dialog.destination();
        sequence = dialog.nextSequence();
        branch = shard.newBranch();
    }

    void begin(List<HeaderField> headers, Optional<String> sdp, long now) {
        offered = sdp.isPresent();
        var writer =
                request(dialog, "INVITE", branch)
                        .header(HeaderName.CONTACT, shard.contact)
                        .header(HeaderName.ALLOW, RequestScreen.ALLOWED)
                        .header(HeaderName.USER_AGENT, shard.settings.product());
        headers.forEach(writer::header);
        var message = end(writer, sdp);
        transaction = shard.transactions.invite(branch, message, destination, this, now);
        shard.deadlines.set(this, now + shard.settings.bounds().inviteTimeout().toMillis());
    }

    private MessageWriter request(Dialog in, String method, String ofBranch) {
        return in.request(shard.settings.sentBy(), method, sequence, ofBranch);
    }

    private static byte[] end(MessageWriter writer, Optional<String> sdp) {
        return sdp.isPresent() ? writer.bytes(RequestScreen.SDP, sdp.get()) : writer.bytes();
    }

    /** Whether a 200 with their offer waits for our answer. */
    boolean awaitsAnswer() {
        return state == State.ANSWERED;
    }

    /** Takes the INVITE back; what the leg hears in the end is this status. */
    void cancel(int status, Optional<ReasonHeader> reason, long now) {
        if (cancelStatus != 0) return;
        cancelStatus = status;
        cancelReason = reason;
        // Before a 1xx no CANCEL may be sent (§9.1): it could overtake the INVITE.
        if (state == State.RINGING) sendCancel(now);
    }

    /** Whether nobody wants an answer any more. */
    boolean isTakenBack() {
        return cancelStatus != 0;
    }

    /** How another process would take the INVITE back. */
    Farewell farewell() {
        return new Farewell(branch, request(dialog, "CANCEL", branch).bytes(), destination);
    }

    private void sendCancel(long now) {
        state = State.LEAVING;
        var message = request(dialog, "CANCEL", branch).reason(cancelReason).bytes();
        shard.transactions.cancel(branch, message, destination, now);
        shard.deadlines.set(this, now + shard.timing.timeout());
    }

    /** The dialog is gone: what still comes is acknowledged, but not waited for long. */
    void release(long now) {
        if (state == State.CALLING || state == State.RINGING) {
            state = State.LEAVING;
            shard.deadlines.set(this, now + shard.timing.timeout());
        }
    }

    @Override
    public void onResponse(Response response, long now) {
        if (response.status() < 200) {
            onProvisional(response, now);
        } else if (response.status() < 300) {
            onSuccess(response, now);
        } else {
            finish();
            int status = cancelStatus == 408 ? 408 : response.status();
            var reason = ReasonHeader.of(response.headers());
            refused(status, response.phrase(), reason, now);
        }
    }

    private void onProvisional(Response response, long now) {
        if (state == State.CALLING) state = State.RINGING;
        if (cancelStatus != 0) {
            if (state == State.RINGING) sendCancel(now);
        } else if (initial && response.status() > 100) {
            var sdp = sdpOf(response);
            shard.emit(new UserAgentOutput.Provisional(leg, response.status(), sdp));
        }
    }

    private static Optional<String> sdpOf(Response response) {
        boolean given = response.body().length > 0;
        return given && response.contentType().equals(RequestScreen.SDP)
                ? Optional.of(response.text())
                : Optional.empty();
    }

    private void onSuccess(Response response, long now) {
        var tag = response.envelope().to().tag();
        if (answered == null) {
            onFirstSuccess(response, now);
            return;
        }
        for (var known : acknowledged) {
            if (known.remoteTag().equals(tag)) {
                shard.send(known.ack(), known.to());
                return;
            }
        }
        if (initial && !tag.equals(answered.remoteTag)) hangUpStray(response, now);
    }

    private void onFirstSuccess(Response response, long now) {
        shard.deadlines.clear(this);
        state = State.ANSWERED;
        answered = initial ? dialog.answeredBy(response) : dialog;
        if (!initial) dialog.refreshTarget(response.headers());
        boolean tooLate = owner.isLeaving() || initial && cancelStatus != 0;
        if (offered || tooLate) acknowledge(Optional.empty());
        if (tooLate) {
            owner.onAnsweredTooLate(answered, cancelStatus, now);
        } else {
            owner.onAccepted(answered, sdpOf(response));
        }
    }

    /** Another fork answered as well: the call is no longer to be had. */
    private void hangUpStray(Response response, long now) {
        if (acknowledged.size() > STRAYS_MAX) return;
        var stray = dialog.answeredBy(response);
        sendAck(stray, Optional.empty());
        shard.request(stray, "BYE", ClientUser.NOBODY, now, MessageWriter::bytes);
    }

    /** Sends the ACK of the 200, with our answer if they had offered. */
    void acknowledge(Optional<String> sdp) {
        state = State.OVER;
        sendAck(answered, sdp);
    }

    private void sendAck(Dialog to, Optional<String> sdp) {
        var ackBranch = shard.newBranch();
        var ack = end(request(to, "ACK", ackBranch), sdp);
        var destinationOfAck = to.destination();
        acknowledged.add(new Acknowledgement(to.remoteTag, ack, destinationOfAck));
        shard.send(ack, destinationOfAck);
    }

    @Override
    public byte[] refusalAck(Response response) {
        return dialog.refusalAck(shard.settings.sentBy(), sequence, branch, response);
    }

    @Override
    public void onTimeout(long now) {
        fail(now);
    }

    @Override
    protected void due(long now) {
        if (state == State.LEAVING) {
            transaction.abandon();
            fail(now);
        } else {
            cancel(408, Optional.of(ReasonHeader.sip(408)), now);
        }
    }

    private void fail(long now) {
        finish();
        int status = cancelStatus == 0 ? 408 : cancelStatus;
        refused(status, "No answer", Optional.empty(), now);
    }

    private void refused(int status, String phrase, Optional<ReasonHeader> reason, long now) {
        owner.onRefused(new UserAgentOutput.Rejected(leg, status, phrase, reason), now);
    }

    private void finish() {
        state = State.OVER;
        shard.deadlines.clear(this);
    }
}
