// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.ReasonHeader;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;
import org.panacall.sipingress.core.transaction.ClientUser;

/**
 * One leg, from the INVITE that makes its dialog to the BYE that ends it.
 *
 * <pre>
 * CALLING (ours)   --200--> ANSWERED --BYE of either side--> LEAVING --> ENDED
 * INVITED (theirs) --200-->    '
 *     '--refusal, CANCEL-------------------------------------------------> ENDED
 * </pre>
 */
final class UserAgentLeg implements IncomingInvite.Owner, OutgoingInvite.Owner {

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
    private final Renegotiation renegotiation;
    private Phase phase;
    private Dialog dialog;
    private IncomingInvite incoming;
    private OutgoingInvite outgoing;
    private boolean byeWaitsForAck;
    private boolean adopted;
    private Optional<ReasonHeader> byeReason = Optional.empty();

    private UserAgentLeg(Shard shard, LegId id, Phase phase, Dialog begun, Optional<String> key) {
        this.shard = shard;
        this.id = id;
        this.phase = phase;
        invitationKey = key;
        callId = begun.callId;
        localTag = begun.localTag;
        dialog = phase == Phase.CALLING ? null : begun;
        renegotiation = new Renegotiation(shard, this);
        shard.add(this);
    }

    /** A leg that calls somebody. */
    static void call(Shard shard, LegId id, InviteRequest request, long now) {
        var begun = Dialog.begun(request, shard.ids.callId(), shard.ids.tag());
        var leg = new UserAgentLeg(shard, id, Phase.CALLING, begun, Optional.empty());
        leg.outgoing = new OutgoingInvite(leg, id, shard, begun, true);
        leg.outgoing.begin(request.headers(), request.sdp(), now);
    }

    /** A leg that somebody calls us on. */
    static void invited(Shard shard, Request invite, Endpoint source, long now) {
        var dialog = Dialog.of(invite, source, shard.ids.tag());
        var key = Optional.of(Shard.invitationKey(invite));
        var leg = new UserAgentLeg(shard, shard.ids.leg(), Phase.INVITED, dialog, key);
        leg.incoming = new IncomingInvite(leg, leg.localTag, shard, invite, source);
        leg.incoming.begin(shard.settings.bounds().inviteTimeout().toMillis(), 480, now);
        shard.emit(new UserAgentOutput.Invited(leg.id, Invitation.of(invite, source, now)));
    }

    /** A leg that a peer answered and can no longer serve. */
    static void adopted(Shard shard, DialogState state) {
        var dialog = new Dialog(state);
        var leg = new UserAgentLeg(shard, state.leg(), Phase.ANSWERED, dialog, Optional.empty());
        leg.adopted = true;
    }

    /** The dialog once answered, and as long as nobody hung up. */
    Optional<DialogState> state() {
        return phase == Phase.ANSWERED ? Optional.of(dialog.state(id)) : Optional.empty();
    }

    /** What ends the INVITE while it has no answer. */
    Optional<Farewell> farewell() {
        return switch (phase) {
            case CALLING -> Optional.of(outgoing.farewell());
            case INVITED -> Optional.of(incoming.farewell());
            case ANSWERED, LEAVING, ENDED -> Optional.empty();
        };
    }

    boolean isAnswered() {
        return phase == Phase.ANSWERED;
    }

    boolean isInvited() {
        return phase == Phase.INVITED;
    }

    @Override
    public boolean isLeaving() {
        return phase == Phase.LEAVING || phase == Phase.ENDED;
    }

    /** Whether the INVITE that makes the dialog, or its ACK, is still under way. */
    boolean isEstablishing() {
        return incoming != null || outgoing != null;
    }

    Dialog dialog() {
        return dialog;
    }

    Renegotiation renegotiation() {
        return renegotiation;
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
        if (phase != Phase.ANSWERED) return false;
        if (outgoing == null) return renegotiation.acknowledge(sdp, now);
        outgoing.acknowledge(sdp);
        outgoing = null;
        renegotiation.tryNow(now);
        return true;
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

    /**
     * A 200 to a re-INVITE that the peer before us sent: without its ACK the party would hang up.
     */
    boolean onStray(Response response) {
        var envelope = response.envelope();
        boolean wanting =
                adopted
                        && response.status() / 100 == 2
                        && envelope.cseq().method().equals("INVITE")
                        && isSpokenBy(envelope.to().tag());
        if (!wanting) return false;
        var sentBy = shard.settings.sentBy();
        long number = envelope.cseq().number();
        var ack = dialog.request(sentBy, "ACK", number, shard.newBranch()).bytes();
        shard.send(ack, dialog.destination());
        return true;
    }

    void onAck(Request ack, long now) {
        if (incoming != null) {
            incoming.onAck(ack, now);
        } else {
            renegotiation.onAck(ack, now);
        }
    }

    void onRequest(Request request, Endpoint source, long now) {
        if (dialog == null && request.method().equals("BYE")) {
            onByeBeforeAnswer(request, source, now);
            return;
        }
        if (dialog == null || !dialog.isNext(request.envelope().cseq().number())) {
            shard.refuse(request, source, 500);
            return;
        }
        switch (request.method()) {
            case "BYE" -> onBye(request, source, now);
            case "INVITE" -> renegotiation.onInvite(request, source, now);
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

    /**
     * Whoever we call may not hang up before our ACK (RFC 3261 §15), but some do, and their BYE may
     * overtake their 200: that one finds the INVITE taken back.
     */
    private void onByeBeforeAnswer(Request request, Endpoint source, long now) {
        answer(request, source, 200, now);
        if (outgoing.isTakenBack()) return;
        shard.emit(byeReceived(request, now));
        outgoing.cancel(487, Optional.empty(), now);
    }

    private void onBye(Request request, Endpoint source, long now) {
        answer(request, source, 200, now);
        switch (phase) {
            case INVITED -> {
                incoming.refuse(487, now);
                onCancelled(ReasonHeader.of(request.headers()), now);
            }
            case ANSWERED -> {
                shard.emit(byeReceived(request, now));
                end(now);
            }
            case LEAVING -> end(now);
            case CALLING, ENDED -> {}
        }
    }

    private UserAgentOutput byeReceived(Request bye, long now) {
        var at = Instant.ofEpochMilli(bye.receivedAt(now));
        return new UserAgentOutput.ByeReceived(id, ReasonHeader.of(bye.headers()), at);
    }

    // What became of an INVITE.

    @Override
    public void onCancelled(Optional<ReasonHeader> reason, long now) {
        incoming = null;
        shard.emit(new UserAgentOutput.Cancelled(id, reason));
        end(now);
    }

    @Override
    public void onAcknowledged(Optional<String> sdp, long now) {
        incoming = null;
        if (byeWaitsForAck) {
            sendBye(now);
            return;
        }
        shard.emit(new UserAgentOutput.Acknowledged(id, sdp));
        renegotiation.tryNow(now);
    }

    @Override
    public void onAckMissing(long now) {
        incoming = null;
        if (!byeWaitsForAck) shard.emit(new UserAgentOutput.AckMissing(id));
        phase = Phase.LEAVING;
        sendBye(now);
    }

    @Override
    public void onAccepted(Dialog answered, Optional<String> sdp) {
        dialog = answered;
        phase = Phase.ANSWERED;
        if (!outgoing.awaitsAnswer()) outgoing = null;
        shard.emit(new UserAgentOutput.Accepted(id, sdp));
    }

    /** A 200 crossed our CANCEL. */
    @Override
    public void onAnsweredTooLate(Dialog answered, int status, long now) {
        dialog = answered;
        outgoing = null;
        phase = Phase.LEAVING;
        shard.emit(new UserAgentOutput.Rejected(id, status, "Cancelled", Optional.empty()));
        sendBye(now);
    }

    @Override
    public void onRefused(UserAgentOutput.Rejected refusal, long now) {
        outgoing = null;
        shard.emit(refusal);
        end(now);
    }

    // Hanging up.

    private void leave(Optional<ReasonHeader> reason, long now) {
        phase = Phase.LEAVING;
        byeReason = reason;
        renegotiation.leave(now);
        if (outgoing != null) outgoing.acknowledge(Optional.empty());
        outgoing = null;
        byeWaitsForAck = incoming != null;
        if (!byeWaitsForAck) sendBye(now);
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
    void loseDialog(int status, long now) {
        if (phase != Phase.ANSWERED) return;
        var reason = Optional.of(ReasonHeader.sip(status));
        shard.emit(new UserAgentOutput.ByeReceived(id, reason, Instant.ofEpochMilli(now)));
        leave(reason, now);
    }

    private void end(long now) {
        if (phase == Phase.ENDED) return;
        phase = Phase.ENDED;
        if (incoming != null) incoming.close(now);
        renegotiation.release(now);
        shard.remove(this);
        shard.emit(new UserAgentOutput.Ended(id));
    }
}
