// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.time.Duration;
import java.util.UUID;
import org.panacall.tests.ua.UserAgent.Identity;

/** Writes the messages that a scripted telephone sends. */
final class Letters {

    private final Identity identity;
    private final String host;
    private final int port;
    private int registrations;

    Letters(Identity identity, String host, int port) {
        this.identity = identity;
        this.host = host;
        this.port = port;
    }

    SipMessage invite(Call call, String body) {
        var invite =
                request("INVITE", call.target, body)
                        .add("From", call.localAddress)
                        .add("To", call.remoteAddress)
                        .add("Call-ID", call.callId)
                        .add("CSeq", call.localSequence + " INVITE")
                        .add("Contact", contact(call.dialling));
        for (var line : call.dialling.headers()) {
            int colon = line.indexOf(':');
            invite.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return invite;
    }

    /** CANCEL, or the ACK of a refusal: a request of the INVITE's own transaction. */
    static SipMessage ofTransaction(String method, SipMessage invite, String to) {
        return new SipMessage(invite.start.replace("INVITE ", method + " "), "")
                .add("Via", invite.header("Via").orElseThrow())
                .add("Max-Forwards", "70")
                .copy(invite, "From")
                .add("To", to)
                .copy(invite, "Call-ID")
                .add("CSeq", invite.sequence() + " " + method);
    }

    SipMessage inDialog(Call call, String method, String body) {
        var message = request(method, call.target, body);
        call.routes.forEach(route -> message.add("Route", route));
        int sequence = method.equals("ACK") ? call.invite.sequence() : call.localSequence;
        return message.add("From", call.localAddress)
                .add("To", call.remoteAddress)
                .add("Call-ID", call.callId)
                .add("CSeq", sequence + " " + method)
                .add("Contact", contact(call.dialling));
    }

    SipMessage registration(Duration expires) {
        var aor = "<sip:" + identity.user() + "@" + identity.domain() + ">";
        return request("REGISTER", "sip:" + identity.domain(), "")
                .add("From", aor + ";tag=" + id())
                .add("To", aor)
                .add("Call-ID", "reg-" + port + "-" + identity.user())
                .add("CSeq", ++registrations + " REGISTER")
                .add("Contact", contact(Dialling.plain()))
                .add("Expires", "" + expires.toSeconds());
    }

    SipMessage response(SipMessage request, int status, Call call, String body) {
        var response = new SipMessage("SIP/2.0 " + status + " " + phrase(status), body);
        response.copy(request, "Via").copy(request, "Record-Route").copy(request, "From");
        var to = request.header("To").orElseThrow();
        boolean tagged = SipMessage.parameter(to, "tag").isPresent() || call == null;
        response.add("To", tagged || status == 100 ? to : call.localAddress);
        response.copy(request, "Call-ID").copy(request, "CSeq");
        response.add("Contact", contact(call == null ? Dialling.plain() : call.dialling));
        return body.isEmpty() ? response : response.add("Content-Type", "application/sdp");
    }

    static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private SipMessage request(String method, String uri, String body) {
        var message = new SipMessage(method + " " + uri + " SIP/2.0", body);
        message.add("Via", "SIP/2.0/UDP %s:%d;rport;branch=z9hG4bK%s".formatted(host, port, id()));
        message.add("Max-Forwards", "70");
        return body.isEmpty() ? message : message.add("Content-Type", "application/sdp");
    }

    private String contact(Dialling dialling) {
        var told = dialling.advertisedAddress().orElse(host);
        return "<sip:" + identity.user() + "@" + told + ":" + port + ">";
    }

    private static String phrase(int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 200 -> "OK";
            case 481 -> "Call Does Not Exist";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            default -> "Refused";
        };
    }
}
