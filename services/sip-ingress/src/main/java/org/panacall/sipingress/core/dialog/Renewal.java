// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.Optional;
import org.panacall.sipingress.core.transaction.Timed;

/**
 * The re-INVITE that a leg's owner wants: sent when no other INVITE is under way, and again some
 * time after the two sides' re-INVITEs met and both got 491 (RFC 3261 §14.1).
 */
final class Renewal extends Timed {

    private static final int TRIES_MAX = 5;

    private final Shard shard;
    private final UserAgentLeg leg;
    private Optional<String> sdp = Optional.empty();
    private boolean wanted;
    private boolean underWay;
    private boolean waits;
    private int tries;

    Renewal(Shard shard, UserAgentLeg leg) {
        this.shard = shard;
        this.leg = leg;
    }

    /** Asks for a re-INVITE; false while one is wanted already. */
    boolean want(Optional<String> newSdp, long now) {
        if (wanted) return false;
        wanted = true;
        sdp = newSdp;
        tries = 0;
        tryNow(now);
        return true;
    }

    /** Sends it if it is wanted and nothing stands in its way. */
    void tryNow(long now) {
        if (!wanted || underWay || waits || !leg.isAnswered() || leg.isNegotiating()) return;
        underWay = true;
        tries++;
        leg.sendReinvite(sdp, now);
    }

    /** It was carried out, or the leg has ended. */
    void done() {
        wanted = false;
        underWay = false;
        waits = false;
        sdp = Optional.empty();
        shard.deadlines.clear(this);
    }

    /** It was refused. */
    void refused(int status, long now) {
        underWay = false;
        if (status == 491 && tries < TRIES_MAX) {
            waits = true;
            shard.deadlines.set(this, now + delay());
            return;
        }
        done();
        shard.emit(new UserAgentOutput.ReinviteRejected(leg.id, status));
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
}
