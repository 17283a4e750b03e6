// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.call;

import java.time.Duration;
import java.util.Optional;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.leg.PlayId;

/** What a call's controller is told, and acd of what its agents do without it. */
public sealed interface Notice {

    /** An outbound leg rings. */
    record LegRinging(LegId leg) implements Notice {}

    /** A leg is answered. */
    record LegAnswered(LegId leg) implements Notice {}

    /**
     * A leg is over; status 0 when it had been answered.
     *
     * @param flow that the other party goes into, so that the reader decides no longer; empty text:
     *     he does
     */
    record LegEnded(LegId leg, EndReason reason, int status, String flow) implements Notice {

        public LegEnded(LegId leg, EndReason reason, int status) {
            this(leg, reason, status, "");
        }
    }

    /** The party pressed one of 0-9 * # A-D. */
    record KeyPressed(LegId leg, char key, Duration length) implements Notice {}

    /** A play of the controller is over. */
    record PlayEnded(LegId leg, PlayId play, Outcome outcome, Optional<Recorded> recorded)
            implements Notice {

        public PlayEnded(LegId leg, PlayId play, Outcome outcome) {
            this(leg, play, outcome, Optional.empty());
        }
    }

    /**
     * What came of a recording that followed a play.
     *
     * @param recording its id; empty when nothing is kept
     * @param end word of the contract
     */
    record Recorded(String recording, Duration length, String end) {}

    /**
     * A party that is listened to speaks, or has spoken.
     *
     * @param outcome word of the contract
     * @param choice empty unless one was chosen
     */
    record SpeechNoticed(LegId leg, PlayId play, String outcome, String choice, int confidence)
            implements Notice {}

    /** A leg was held or resumed. */
    record LegHeld(LegId leg, boolean held, boolean byUs) implements Notice {}

    /** All legs are over. */
    record CallEnded(EndReason reason) implements Notice {}

    /** Somebody else decides now. */
    record ControlLost(Controller successor) implements Notice {}

    /** We hold the call from now on; who did before, by its gRPC address, is dead. */
    record CallAdopted(String previous) implements Notice {}

    /** A phone of the tenant dialled, whoever decides about its call. For acd alone. */
    record OwnCallBegan(String extension) implements Notice {}

    /** That call is over. */
    record OwnCallEnded() implements Notice {}

    /** A leg is not in the room that it was to join. */
    record RoomEnded(LegId leg, String room, RoomOutcome outcome) implements Notice {}

    /** What came of a wish to be in a room. */
    enum RoomOutcome {
        JOINED,
        FULL,
        FAILED
    }

    /** How a play ended. */
    enum Outcome {
        COMPLETED,
        STOPPED,
        BARGED_IN,
        FAILED
    }
}
