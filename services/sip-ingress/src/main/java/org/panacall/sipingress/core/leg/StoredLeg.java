// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.leg;

import java.time.Instant;
import java.util.Optional;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.dialog.DialogState;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.sdp.AgreedAudio;
import org.panacall.sipingress.core.sdp.StoredSdp;

/**
 * A leg as it stands, to be kept and brought back elsewhere.
 *
 * @param finished its end has been published
 * @param dialog empty unless answered
 * @param farewell empty unless its INVITE is under way
 */
public record StoredLeg(
        LegId id,
        LegRole role,
        Direction direction,
        Who who,
        LegState state,
        boolean wasAnswered,
        boolean finished,
        Media media,
        Optional<DialogState> dialog,
        Optional<Farewell> farewell) {

    /** The party, and the agent behind it. */
    public record Who(String party, String agentId) {}

    /**
     * All about audio.
     *
     * @param reoffered the party has yet to agree to our present address
     */
    public record Media(
            MediaState state,
            Optional<AgreedAudio> audio,
            Optional<PlayId> music,
            Optional<Instant> silentSince,
            boolean heldByUs,
            boolean awaitsAnswer,
            Optional<Playing> sounding,
            boolean reoffered,
            StoredSdp sdp) {}
}
