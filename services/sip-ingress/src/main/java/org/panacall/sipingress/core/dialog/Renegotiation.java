// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.ReasonHeader;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.transaction.Timed;

/**
 * The re-INVITEs of both sides of an answered leg, at most one at a time (RFC 3261 §14). Ours is
 * sent when no other INVITE is under way, and again some time after two had met and both got 491.
 */
final class Renegotiation extends Timed implements IncomingInvite.Owner, OutgoingInvite.Owner {

    private static final int TRIES_MAX = 5;

    private final Shard shard;
    private final UserAgentLeg leg;
    private IncomingInvite incoming;
    private OutgoingInvite outgoing;
    private Optional<String> sdp = Optional.empty();
    private boolean wanted;
    private boolean waits;
    private int tries;

    Renegotiation(Shard shard, UserAgentLeg leg) {
        this.shard = shard;
        this.leg = leg;
    }

    private boolean isBusy() {
        return incoming != null || outgoing != null || leg.isEstablishing();
    }

    // What the owner of the leg asks for: true if it fits.

    boolean want(Optional<String> newSdp, long now) {
        if (wanted || !leg.isAnswered()) return false;
        wanted = true;
        sdp = newSdp;
        tries = 0;
        tryNow(now);
        return true;
    }

    /** Sends our re-INVITE if it is wanted and nothing stands in its way. */
    void tryNow(long now) {
        if (!wanted || waits || !leg.isAnswered() || isBusy()) return;
        tries++;
        outgoing = new OutgoingInvite(this, leg.id, shard, leg.dialog(), false);
        outgoing.begin(List.of(), sdp, now);
    }

    boolean acknowledge(Optional<String> answer, long now) {
        if (outgoing == null || !outgoing.awaitsAnswer()) return false;
        outgoing.acknowledge(answer);
        outgoing = null;
        tryNow(now);
        return true;
    }

    boolean accept(String answer, long now) {
        if (!isAsked()) return false;
        leg.dialog().refreshTarget(incoming.request().headers());
        incoming.accept(answer, now);
        return true;
    }

    boolean reject(int status, long now) {
        if (!isAsked()) return false;
        incoming.refuse(status, now);
        incoming = null;
        tryNow(now);
        return true;
    }

    private boolean isAsked() {
        return leg.isAnswered() && incoming != null && incoming.isOpen();
    }

    // What the other side does.

    void onInvite(Request request, Endpoint source, long now) {
        var reinvite = new IncomingInvite(this, leg.localTag, shard, request, source);
        if (leg.isLeaving()) {
            reinvite.refuse(481, now);
        } else if (leg.isInvited() || incoming != null && incoming.isOpen()) {
            var later = List.of(Shard.retryAfter(shard.ids.below(11)));
            reinvite.refuse(500, Optional.empty(), later, now);
        } else if (isBusy()) {
            reinvite.refuse(491, now);
        } else {
            incoming = reinvite;
            incoming.begin(shard.timing.timeout(), 500, now);
            shard.emit(new UserAgentOutput.Reinvited(leg.id, incoming.offer()));
        }
    }

    void onAck(Request ack, long now) {
        if (incoming != null) incoming.onAck(ack, now);
    }

    @Override
    public void onCancelled(Optional<ReasonHeader> reason, long now) {
        incoming = null;
        tryNow(now);
    }

    @Override
    public void onAcknowledged(Optional<String> answer, long now) {
        incoming = null;
        shard.emit(new UserAgentOutput.Acknowledged(leg.id, answer));
        tryNow(now);
    }

    @Override
    public void onAckMissing(long now) {
        incoming = null;
        leg.onAckMissing(now);
    }

    // What became of ours.

    @Override
    public boolean isLeaving() {
        return leg.isLeaving();
    }

    @Override
    public void onAccepted(Dialog answered, Optional<String> answer) {
        if (!outgoing.awaitsAnswer()) outgoing = null;
        if (!leg.isAnswered()) return;
        forget();
        shard.emit(new UserAgentOutput.ReinviteAccepted(leg.id, answer));
    }

    @Override
    public void onAnsweredTooLate(Dialog answered, int status, long now) {
        outgoing = null;
    }

    @Override
    public void onRefused(UserAgentOutput.Rejected refusal, long now) {
        outgoing = null;
        if (!leg.isAnswered()) return;
        int status = refusal.status();
        if (status == 491 && tries < TRIES_MAX) {
            waits = true;
            shard.deadlines.set(this, now + delay());
            return;
        }
        forget();
        shard.emit(new UserAgentOutput.ReinviteRejected(leg.id, status));
        if (status == 481 || status == 408) leg.loseDialog(status, now);
    }

    /** Steps of 10 ms, in ranges that do not meet, so that one side's turn comes first. */
    private long delay() {
        return leg.ownsCallId() ? 2_100 + 10L * shard.ids.below(191) : 10L * shard.ids.below(201);
    }

    @Override
    protected void due(long now) {
        waits = false;
        tryNow(now);
    }

    private void forget() {
        wanted = false;
        waits = false;
        sdp = Optional.empty();
        shard.deadlines.clear(this);
    }

    /** We hang up, or the leg has ended: nothing new, and what is open is closed. */
    void leave(long now) {
        forget();
        if (outgoing != null && outgoing.awaitsAnswer()) outgoing.acknowledge(Optional.empty());
        if (incoming != null) incoming.close(now);
        incoming = null;
    }

    /** The dialog is gone: our re-INVITE is not waited for long. */
    void release(long now) {
        leave(now);
        if (outgoing != null) outgoing.release(now);
    }
}
