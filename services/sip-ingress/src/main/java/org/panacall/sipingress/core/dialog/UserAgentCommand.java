// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.ReasonHeader;

/**
 * What the user agent can be asked. A command that does not fit the leg's state changes nothing and
 * comes back as {@link UserAgentOutput.CommandRefused}: it is the usual fate of one that crossed
 * the other side's message.
 */
public sealed interface UserAgentCommand {

    /** A datagram came in, whatever it holds. The array is not kept. */
    record Received(byte[] datagram, Endpoint from) implements UserAgentCommand {}

    /**
     * Calls somebody. Ends in exactly one Accepted or Rejected. The leg id is the caller's choice.
     */
    record Invite(LegId leg, InviteRequest request) implements UserAgentCommand {}

    /** 180 or 183 (or another 1xx but 100) to an INVITE; repeated by the user agent each minute. */
    record Ring(LegId leg, int status, Optional<String> sdp) implements UserAgentCommand {

        public Ring {
            if (status <= 100 || status >= 200) {
                throw new IllegalArgumentException("not a provisional status");
            }
        }
    }

    /**
     * 200 to an INVITE, repeated until the ACK; with our answer, or our offer if they made none.
     */
    record Accept(LegId leg, String sdp) implements UserAgentCommand {}

    /** A final refusal, 300 to 699, of an INVITE that has no final response yet. */
    record Reject(LegId leg, int status, Optional<ReasonHeader> reason, List<HeaderField> headers)
            implements UserAgentCommand {

        public Reject {
            if (status < 300 || status >= 700) {
                throw new IllegalArgumentException("not a refusal");
            }
            headers = List.copyOf(headers);
        }

        /** A refusal that says no more than its status. */
        public Reject(LegId leg, int status) {
            this(leg, status, Optional.empty(), List.of());
        }
    }

    /**
     * Takes back our INVITE. Ends in Rejected 487 (or whatever the other side said), never in
     * Accepted: a 200 that crosses is acknowledged and hung up inside. On a leg that is already
     * answered it is a Bye.
     */
    record Cancel(LegId leg, Optional<ReasonHeader> reason) implements UserAgentCommand {}

    /**
     * Hangs up. On our unanswered INVITE it is a Cancel; on theirs it is refused, as Reject wants a
     * status. Before their ACK it waits for the ACK, as RFC 3261 §15 demands.
     */
    record Bye(LegId leg, Optional<ReasonHeader> reason) implements UserAgentCommand {}

    /**
     * Offers new SDP in the dialog, or asks the other side to offer (then Acknowledge answers).
     * Waits inside while another INVITE or its ACK is under way; refused while one is wanted
     * already.
     */
    record Reinvite(LegId leg, Optional<String> sdp) implements UserAgentCommand {}

    /** 200 to a Reinvited; with our answer, or our offer if theirs held none. */
    record AcceptReinvite(LegId leg, String sdp) implements UserAgentCommand {}

    /**
     * Refuses a Reinvited, e.g. with 488; the dialog lives on as it was. Left without either for
     * 64*T1, or cancelled by the other side, a re-INVITE is refused inside.
     */
    record RejectReinvite(LegId leg, int status) implements UserAgentCommand {

        public RejectReinvite {
            if (status < 300 || status >= 700) {
                throw new IllegalArgumentException("not a refusal");
            }
        }
    }

    /**
     * The ACK with our answer, when the 200 carried the offer (Accepted or ReinviteAccepted after
     * an INVITE without SDP). All other ACKs are sent by the user agent itself.
     */
    record Acknowledge(LegId leg, Optional<String> sdp) implements UserAgentCommand {}

    /** INFO in an answered dialog; its response is not reported. */
    record Inform(LegId leg, String contentType, String body) implements UserAgentCommand {

        public Inform {
            new HeaderField(HeaderName.CONTENT_TYPE, contentType);
        }
    }

    /** Ends an INVITE whose own process is dead. Its answer is not reported. */
    record SayFarewell(Farewell farewell) implements UserAgentCommand {}

    /** From now on OPTIONS and new INVITEs get 503 with Retry-After, or no longer. */
    record Drain(boolean on) implements UserAgentCommand {}
}
