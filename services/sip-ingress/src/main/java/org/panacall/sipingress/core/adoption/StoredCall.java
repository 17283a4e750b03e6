// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.adoption;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.call.LegPair;
import org.panacall.sipingress.core.call.MatrixCell;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.leg.StoredLeg;
import org.panacall.sipingress.core.plan.TenantId;
import org.panacall.sipingress.core.room.RoomWish;

/**
 * A call as it stands: all that another sip-ingress needs to go on with it.
 *
 * <p>Without the answers that orders got: an order that is repeated at the heir finds done what it
 * wants, but for a play, which begins anew.
 *
 * @param sequence of the call's last event
 * @param matrix what media was told last
 * @param end empty while the call lives
 */
public record StoredCall(
        CallId id,
        Tenancy tenancy,
        long sequence,
        Holding holding,
        Call.Facts facts,
        Instant startedAt,
        Optional<Instant> answeredAt,
        Optional<String> node,
        Control control,
        List<StoredLeg> legs,
        Talks talks,
        Optional<Call.End> end) {

    public StoredCall {
        legs = List.copyOf(legs);
    }

    /** Whose call it is, for an heir whose dial plan does not know him. */
    public record Tenancy(TenantId tenant, String sipDomain, String language) {}

    /**
     * Who holds the call.
     *
     * @param holder the process
     * @param address its gRPC address
     * @param former those who held it before
     */
    public record Holding(String holder, String address, List<String> former) {

        public Holding {
            former = List.copyOf(former);
        }
    }

    /**
     * Who hears whom.
     *
     * @param room that the first leg is to be in
     */
    public record Talks(
            List<LegPair> pairs,
            List<LegId> echoes,
            List<MatrixCell> matrix,
            Optional<RoomWish> room) {

        public Talks {
            pairs = List.copyOf(pairs);
            echoes = List.copyOf(echoes);
            matrix = List.copyOf(matrix);
        }

        /** The flow for whom this leg leaves alone by hanging up, if there is one. */
        public Optional<String> afterTalkWith(LegId leg) {
            return pairs.stream()
                    .filter(pair -> pair.other().equals(leg) && !pair.afterTalk().isEmpty())
                    .map(LegPair::afterTalk)
                    .findFirst();
        }
    }
}
