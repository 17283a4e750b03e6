// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.calls;

import java.time.Instant;
import java.util.List;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.reports.CallReport;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;

/**
 * A call as JSON: one in progress, or one that is over with its record.
 *
 * @param state live or ended
 * @param controller who decides about it: sip-ingress, ivr, acd or dialer
 */
public record Call(
        String id,
        String state,
        String direction,
        String from,
        String to,
        Instant startedAt,
        Instant answeredAt,
        String controller,
        List<Leg> legs,
        CallReport record) {

    /** One party's part of it. */
    public record Leg(
            String id,
            String role,
            String direction,
            String party,
            String agentId,
            String state,
            boolean held,
            List<String> joined) {}

    /** A live call as the caller may see it. */
    static Call of(LiveCall call, Caller caller) {
        return new Call(
                call.getCallId(),
                "live",
                Wire.word(call.getDirection()),
                Wire.text(caller.shown(call.getFromNumber())),
                Wire.text(caller.shown(call.getToNumber())),
                Wire.time(call.hasStartedAt(), call.getStartedAt()),
                Wire.time(call.hasAnsweredAt(), call.getAnsweredAt()),
                Wire.word(call.getController().getKind()),
                call.getLegsList().stream().map(leg -> leg(leg, caller)).toList(),
                null);
    }

    /** A call that is over. */
    static Call of(CallReport report) {
        return new Call(
                report.id(),
                "ended",
                report.direction(),
                report.from(),
                report.to(),
                report.startedAt(),
                report.answeredAt(),
                null,
                List.of(),
                report);
    }

    private static Leg leg(LiveLeg leg, Caller caller) {
        return new Leg(
                leg.getLegId(),
                Wire.word(leg.getRole()),
                Wire.word(leg.getDirection()),
                Wire.text(caller.shown(leg.getParty())),
                Wire.text(leg.getAgentId()),
                Wire.word(leg.getState().name(), "LEG_STATE_"),
                leg.getHeld(),
                leg.getJoinedLegIdsList());
    }
}
