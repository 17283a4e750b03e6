// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.ReasonHeader;

/**
 * What the user agent wants sent, and what has happened, in order. Every leg ends in exactly one
 * {@link Ended}, after which its id is unknown here.
 */
public sealed interface UserAgentOutput {

    /** A datagram to put on the wire. The array belongs to the receiver but must not be changed. */
    record Send(byte[] datagram, Endpoint to) implements UserAgentOutput {}

    /** Somebody calls us; 100 is already on its way. Wants Accept or Reject in the end. */
    record Invited(LegId leg, Invitation invitation) implements UserAgentOutput {}

    /** 180, 183 and the like to our INVITE; 100 is not reported. */
    record Provisional(LegId leg, int status, Optional<String> sdp) implements UserAgentOutput {}

    /** 200 to our INVITE. Wants Acknowledge if our INVITE carried no SDP. */
    record Accepted(LegId leg, Optional<String> sdp) implements UserAgentOutput {}

    /**
     * Our INVITE failed: their status, 408 when nobody answered, 503 when our tables were full, 487
     * after Cancel. Ended follows, at once or when the wire is clear.
     */
    record Rejected(LegId leg, int status, String phrase, Optional<ReasonHeader> reason)
            implements UserAgentOutput {}

    /** The caller gave up before the answer; 487 is already on its way. Ended follows. */
    record Cancelled(LegId leg, Optional<ReasonHeader> reason) implements UserAgentOutput {}

    /**
     * The ACK for our 200 to an INVITE or a re-INVITE came, with their answer if we had offered.
     */
    record Acknowledged(LegId leg, Optional<String> sdp) implements UserAgentOutput {}

    /** No ACK came for 64*T1; a BYE is already on its way. Ended follows. */
    record AckMissing(LegId leg) implements UserAgentOutput {}

    /** The other side wants to change the SDP. Wants AcceptReinvite or RejectReinvite. */
    record Reinvited(LegId leg, Optional<String> sdp) implements UserAgentOutput {}

    /** 200 to our re-INVITE. Wants Acknowledge if it carried no SDP. */
    record ReinviteAccepted(LegId leg, Optional<String> sdp) implements UserAgentOutput {}

    /** Our re-INVITE was refused; the dialog lives on. 491 is retried inside and not reported. */
    record ReinviteRejected(LegId leg, int status) implements UserAgentOutput {}

    /**
     * The other side hung up at this time; 200 is already on its way. Or it turned out to be gone:
     * then the reason is {@code SIP;cause=481} or {@code SIP;cause=408}. Ended follows; when their
     * answer to our INVITE has not come yet, Rejected before it.
     */
    record ByeReceived(LegId leg, Optional<ReasonHeader> reason, Instant at)
            implements UserAgentOutput {}

    /** Nothing is left of the leg's dialog. Comes exactly once a leg, and last. */
    record Ended(LegId leg) implements UserAgentOutput {}

    /** INFO with a content type that we take; 200 is already on its way. */
    record InfoReceived(LegId leg, String contentType, String body) implements UserAgentOutput {}

    /** A command that did not fit; see {@link UserAgentCommand}. */
    record CommandRefused(LegId leg, Refusal why) implements UserAgentOutput {}

    /** A datagram that was not SIP as we want it; answered if it could be. Count it, by what. */
    record Malformed(Endpoint from, String what) implements UserAgentOutput {}

    /** A message that fits nothing we know, or for which there was no room. Count it, by what. */
    record Dropped(Endpoint from, String what) implements UserAgentOutput {}

    /** Why a command was not carried out. */
    enum Refusal {
        UNKNOWN_LEG,
        LEG_EXISTS,
        WRONG_STATE
    }
}
