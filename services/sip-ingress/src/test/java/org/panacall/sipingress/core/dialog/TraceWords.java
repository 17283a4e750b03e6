// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.NameAddress;
import org.panacall.sipingress.core.message.ReasonHeader;

/** How commands and outputs are written in a trace. */
final class TraceWords {

    private TraceWords() {}

    static UserAgentCommand command(TraceLine line, LegId leg, Endpoint destination) {
        int status = line.word(1).matches("\\d+") ? Integer.parseInt(line.word(1)) : 0;
        return switch (line.word(0)) {
            case "Invite" -> invite(line, leg, destination);
            case "Ring" -> new UserAgentCommand.Ring(leg, status, line.sdp());
            case "Accept" -> new UserAgentCommand.Accept(leg, TracePeer.SDP);
            case "Reject" -> new UserAgentCommand.Reject(leg, status, reason(line), headers(line));
            case "Cancel" -> new UserAgentCommand.Cancel(leg, reason(line));
            case "Bye" -> new UserAgentCommand.Bye(leg, reason(line));
            case "Reinvite" -> new UserAgentCommand.Reinvite(leg, line.sdp());
            case "AcceptReinvite" -> new UserAgentCommand.AcceptReinvite(leg, TracePeer.SDP);
            case "RejectReinvite" -> new UserAgentCommand.RejectReinvite(leg, status);
            case "Acknowledge" -> new UserAgentCommand.Acknowledge(leg, line.sdp());
            case "Inform" -> new UserAgentCommand.Inform(leg, "application/dtmf-relay", "Signal=5");
            case "Drain" -> new UserAgentCommand.Drain(line.word(1).equals("on"));
            default -> throw new IllegalArgumentException("no such command: " + line.what());
        };
    }

    private static UserAgentCommand invite(TraceLine line, LegId leg, Endpoint destination) {
        var from = new NameAddress(Optional.of("Clinic \"A\""), "sip:74950000100@panacall.test");
        var uri = line.word(1);
        var headers = headers(line);
        return new UserAgentCommand.Invite(
                leg,
                new InviteRequest(
                        uri, from, NameAddress.of(uri), headers, line.sdp(), destination));
    }

    private static Optional<ReasonHeader> reason(TraceLine line) {
        return line.option("q850")
                .map(cause -> ReasonHeader.q850(Integer.parseInt(cause)))
                .or(() -> line.option("sip").map(s -> ReasonHeader.sip(Integer.parseInt(s))))
                .or(() -> line.option("answered").map(where -> ReasonHeader.completedElsewhere()));
    }

    private static List<HeaderField> headers(TraceLine line) {
        return line.headers().stream()
                .map(text -> text.split(": ", 2))
                .map(pair -> new HeaderField(pair[0], pair[1]))
                .toList();
    }

    /** What follows {@code us :} in a trace. */
    static String describe(UserAgentOutput output) {
        var name = output.getClass().getSimpleName();
        return switch (output) {
            case UserAgentOutput.Invited o ->
                    name + " " + o.invitation().requestUser() + sdp(o.invitation().sdp());
            case UserAgentOutput.Provisional o -> name + " " + o.status() + sdp(o.sdp());
            case UserAgentOutput.Accepted o -> name + sdp(o.sdp());
            case UserAgentOutput.Rejected o -> name + " " + o.status() + reason(o.reason());
            case UserAgentOutput.Cancelled o -> name + reason(o.reason());
            case UserAgentOutput.Acknowledged o -> name + sdp(o.sdp());
            case UserAgentOutput.Reinvited o -> name + sdp(o.sdp());
            case UserAgentOutput.ReinviteAccepted o -> name + sdp(o.sdp());
            case UserAgentOutput.ReinviteRejected o -> name + " " + o.status();
            case UserAgentOutput.ByeReceived o -> name + reason(o.reason());
            case UserAgentOutput.InfoReceived o -> name + " " + o.contentType() + " " + o.body();
            case UserAgentOutput.CommandRefused o -> name + " " + o.why();
            case UserAgentOutput.Malformed o -> name + " " + o.what();
            case UserAgentOutput.Dropped o -> name + " " + o.what();
            case UserAgentOutput.AckMissing o -> name;
            case UserAgentOutput.Ended o -> name;
            case UserAgentOutput.Send o -> name;
        };
    }

    private static String sdp(Optional<String> sdp) {
        return sdp.isPresent() ? " {sdp}" : "";
    }

    private static String reason(Optional<ReasonHeader> reason) {
        return reason.map(r -> " " + r.protocol() + " " + cause(r.cause())).orElse("");
    }

    private static String cause(OptionalInt cause) {
        return cause.isPresent() ? Integer.toString(cause.getAsInt()) : "-";
    }
}
