// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.ReasonHeader;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;
import org.panacall.sipingress.core.transaction.ClientUser;

/**
 * One leg: the dialog that an INVITE makes, and at most one INVITE under way in each direction.
 *
 * <pre>
 * CALLING (ours)   --200--> ANSWERED --BYE of either side--> LEAVING --> ENDED
 * INVITED (theirs) --200-->    '
 *     '--refusal, CANCEL-------------------------------------------------> ENDED
 * </pre>
 */
final class UserAgentLeg {

    private enum Phase {
        CALLING,
        INVITED,
        ANSWERED,
        LEAVING,
        ENDED
    }

    private final Shard shard;
    final LegId id;
    final String callId;
    final String localTag;
    final Optional<String> invitationKey;
    private final Renewal renewal;
    private Phase phase;
    private Dialog dialog;
    private IncomingInvite incoming;
    private OutgoingInvite outgoing;
    private boolean byeWaitsForAck;
    private Optional<ReasonHeader> byeReason = Optional.empty();

    private UserAgentLeg(Shard shard, LegId id, Phase phase, Dialog begun, Optional<String> key) {
        this.shard = shard;
        this.id = id;
        this.phase = phase;
        invitationKey = key;
        callId = begun.callId;
        localTag = begun.localTag;
        dialog = phase == Phase.CALLING ? null : begun;
        renewal = new Renewal(shard, this);
        shard.add(this);
    }

    /** A leg that calls somebody. */
    static void call(Shard shard, LegId id, InviteRequest request, long now) {
        var begun = Dialog.begun(request, shard.ids.callId(), shard.ids.tag());
        var leg = new UserAgentLeg(shard, id, Phase.CALLING, begun, Optional.empty());
        leg.outgoing = new OutgoingInvite(leg, shard, begun, true);
        leg.outgoing.begin(request.headers(), request.sdp(), now);
    }

    /** A leg that somebody calls us on. */
    static void invited(Shard shard, Request invite, Endpoint source, long now) {
        var dialog = Dialog.of(invite, source, shard.ids.tag());
        var key = Optional.of(Shard.invitationKey(invite));
        var leg = new UserAgentLeg(shard, shard.ids.leg(), Phase.INVITED, dialog, key);
        leg.incoming = new IncomingInvite(leg, shard, invite, source, true);
        leg.incoming.begin(now);
        shard.emit(new UserAgentOutput.Invited(leg.id, Invitation.of(invite, source)));
    }

    /** A leg that a peer answered and can no longer serve. */
    static void adopted(Shard shard, DialogState state) {
        new UserAgentLeg(shard, state.leg(), Phase.ANSWERED, new Dialog(state), Optional.empty());
    }

    /** The dialog once answered, and as long as nobody hung up. */
    Optional<DialogState> state() {
        return phase == Phase.ANSWERED ? Optional.of(dialog.state(id)) : Optional.empty();
    }

    boolean isAnswered() {
        return phase == Phase.ANSWERED;
    }

    boolean isLeaving() {
        return phase == Phase.LEAVING || phase == Phase.ENDED;
    }

    /** Whether an INVITE of either side is under way. */
    boolean isNegotiating() {
        return incoming != null || outgoing != null;
    }

    /** Sends a re-INVITE; for {@link Renewal}, which knows when. */
    void sendReinvite(Optional<String> sdp, long now) {
        assert phase == Phase.ANSWERED && !isNegotiating();
        outgoing = new OutgoingInvite(this, shard, dialog, false);
        outgoing.begin(List.of(), sdp, now);
    }

    /** Whether the Call-ID is ours, which decides who waits longer after a glare (§14.1). */
    boolean ownsCallId() {
        return invitationKey.isEmpty();
    }

    // What the owner asks for: true if it fits.

    boolean ring(int status, Optional<String> sdp, long now) {
        if (phase != Phase.INVITED) return false;
        incoming.ring(status, sdp, now);
        return true;
    }

    boolean accept(String sdp, long now) {
        if (phase != Phase.INVITED) return false;
        phase = Phase.ANSWERED;
        incoming.accept(sdp, now);
        return true;
    }

    boolean reject(UserAgentCommand.Reject command, long now) {
        if (phase != Phase.INVITED) return false;
        incoming.refuse(command.status(), command.reason(), command.headers(), now);
        end(now);
        return true;
    }

    boolean hangUp(Optional<ReasonHeader> reason, long now) {
        switch (phase) {
            case CALLING -> outgoing.cancel(487, reason, now);
            case ANSWERED -> leave(reason, now);
            case INVITED, LEAVING, ENDED -> {
                return false;
            }
        }
        return true;
    }

    boolean acknowledge(Optional<String> sdp, long now) {
        if (phase != Phase.ANSWERED || outgoing == null || !outgoing.awaitsAnswer()) return false;
        outgoing.acknowledge(sdp);
        outgoing = null;
        renewal.tryNow(now);
        return true;
    }

    boolean reinvite(Optional<String> sdp, long now) {
        return phase == Phase.ANSWERED && renewal.want(sdp, now);
    }

    boolean acceptReinvite(String sdp, long now) {
        if (!hasOpenReinvite()) return false;
        dialog.refreshTarget(incoming.request().headers());
        incoming.accept(sdp, now);
        return true;
    }

    boolean rejectReinvite(int status, long now) {
        if (!hasOpenReinvite()) return false;
        incoming.refuse(status, now);
        incoming = null;
        renewal.tryNow(now);
        return true;
    }

    private boolean hasOpenReinvite() {
        return phase == Phase.ANSWERED && incoming != null && incoming.isOpen();
    }

    boolean info(String contentType, String body, long now) {
        if (phase != Phase.ANSWERED) return false;
        shard.request(dialog, "INFO", watch(false), now, writer -> writer.bytes(contentType, body));
        return true;
    }

    // What the other side does.

    /** Whether a request's tags are this dialog's. Only ours is known before the answer. */
    boolean isSpokenBy(String remoteTag) {
        return dialog == null || dialog.remoteTag.equals(remoteTag);
    }

    void onAck(Request ack, long now) {
        if (incoming != null) incoming.onAck(ack, now);
    }

    void onRequest(Request request, Endpoint source, long now) {
        if (dialog == null || !dialog.isNext(request.envelope().cseq().number())) {
            shard.refuse(request, source, 500);
            return;
        }
        switch (request.method()) {
            case "BYE" -> onBye(request, source, now);
            case "INVITE" -> onReinvite(request, source, now);
            case "INFO" -> onInfo(request, source, now);
            default -> {
                var reply = shard.capabilities(request, source, localTag);
                shard.transactions.answer(request, source, reply, now);
            }
        }
    }

    private void answer(Request request, Endpoint source, int status, long now) {
        var reply = shard.reply(request, status, source, localTag).bytes();
        shard.transactions.answer(request, source, reply, now);
    }

    private void onInfo(Request request, Endpoint source, long now) {
        answer(request, source, 200, now);
        if (request.body().length == 0 || phase != Phase.ANSWERED) return;
        shard.emit(new UserAgentOutput.InfoReceived(id, request.contentType(), request.text()));
    }

    private void onBye(Request request, Endpoint source, long now) {
        answer(request, source, 200, now);
        var reason = ReasonHeader.of(request.headers());
        switch (phase) {
            case INVITED -> {
                incoming.refuse(487, now);
                onCancelled(true, reason, now);
            }
            case ANSWERED -> {
                shard.emit(new UserAgentOutput.ByeReceived(id, reason));
                end(now);
            }
            case LEAVING -> end(now);
            case CALLING, ENDED -> {}
        }
    }

    private void onReinvite(Request request, Endpoint source, long now) {
        var reinvite = new IncomingInvite(this, shard, request, source, false);
        if (phase == Phase.LEAVING) {
            reinvite.refuse(481, now);
        } else if (incoming != null && incoming.isOpen()) {
            var later = List.of(Shard.retryAfter(shard.ids.below(11)));
            reinvite.refuse(500, Optional.empty(), later, now);
        } else if (isNegotiating()) {
            reinvite.refuse(491, now);
        } else {
            incoming = reinvite;
            incoming.begin(now);
            shard.emit(new UserAgentOutput.Reinvited(id, incoming.offer()));
        }
    }

    // What became of an INVITE.

    void onCancelled(boolean initial, Optional<ReasonHeader> reason, long now) {
        incoming = null;
        if (initial) {
            shard.emit(new UserAgentOutput.Cancelled(id, reason));
            end(now);
        } else {
            renewal.tryNow(now);
        }
    }

    void onAcknowledged(Optional<String> sdp, long now) {
        incoming = null;
        if (byeWaitsForAck) {
            sendBye(now);
            return;
        }
        shard.emit(new UserAgentOutput.Acknowledged(id, sdp));
        renewal.tryNow(now);
    }

    void onAckMissing(long now) {
        incoming = null;
        if (!byeWaitsForAck) shard.emit(new UserAgentOutput.AckMissing(id));
        phase = Phase.LEAVING;
        sendBye(now);
    }

    void onAccepted(Dialog answered, Optional<String> sdp) {
        dialog = answered;
        phase = Phase.ANSWERED;
        if (!outgoing.awaitsAnswer()) outgoing = null;
        shard.emit(new UserAgentOutput.Accepted(id, sdp));
    }

    /** A 200 crossed our CANCEL. */
    void onAnsweredTooLate(Dialog answered, int status, long now) {
        dialog = answered;
        outgoing = null;
        phase = Phase.LEAVING;
        shard.emit(new UserAgentOutput.Rejected(id, status, "Cancelled", Optional.empty()));
        sendBye(now);
    }

    void onReinviteAccepted(Optional<String> sdp, long now) {
        if (phase != Phase.ANSWERED) return;
        if (!outgoing.awaitsAnswer()) outgoing = null;
        renewal.done();
        shard.emit(new UserAgentOutput.ReinviteAccepted(id, sdp));
    }

    void onInviteRefused(OutgoingInvite invite, UserAgentOutput.Rejected refusal, long now) {
        if (outgoing != invite) return;
        outgoing = null;
        if (phase == Phase.CALLING) {
            shard.emit(refusal);
            end(now);
        } else if (phase == Phase.ANSWERED) {
            int status = refusal.status();
            renewal.refused(status, now);
            if (status == 481 || status == 408) loseDialog(status, now);
        }
    }

    // Hanging up.

    private void leave(Optional<ReasonHeader> reason, long now) {
        phase = Phase.LEAVING;
        byeReason = reason;
        renewal.done();
        if (outgoing != null && outgoing.awaitsAnswer()) outgoing.acknowledge(Optional.empty());
        if (incoming != null && incoming.isInitial() && incoming.awaitsAck()) {
            byeWaitsForAck = true;
            return;
        }
        settleIncoming(now);
        sendBye(now);
    }

    private void settleIncoming(long now) {
        if (incoming == null) return;
        if (incoming.isOpen()) {
            incoming.refuse(487, now);
        } else {
            incoming.stop();
        }
        incoming = null;
    }

    private void sendBye(long now) {
        byeWaitsForAck = false;
        shard.request(dialog, "BYE", watch(true), now, writer -> writer.reason(byeReason).bytes());
    }

    /** Watches a request in the dialog: the answer to a BYE ends it, and so does 481 or silence. */
    private ClientUser watch(boolean bye) {
        return new ClientUser() {
            @Override
            public void onResponse(Response response, long now) {
                int status = response.status();
                if (status < 200) return;
                if (bye) {
                    end(now);
                } else if (status == 481 || status == 408) {
                    loseDialog(status, now);
                }
            }

            @Override
            public void onTimeout(long now) {
                if (bye) {
                    end(now);
                } else {
                    loseDialog(408, now);
                }
            }
        };
    }

    /** The other side no longer knows of the dialog (RFC 3261 §12.2.1.2). */
    private void loseDialog(int status, long now) {
        if (phase != Phase.ANSWERED) return;
        var reason = Optional.of(ReasonHeader.sip(status));
        shard.emit(new UserAgentOutput.ByeReceived(id, reason));
        leave(reason, now);
    }

    private void end(long now) {
        if (phase == Phase.ENDED) return;
        phase = Phase.ENDED;
        renewal.done();
        settleIncoming(now);
        if (outgoing != null) outgoing.release(now);
        shard.remove(this);
        shard.emit(new UserAgentOutput.Ended(id));
    }
}
