// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;

/** The other side of a trace: spells out its short lines, knowing just enough of its one call. */
final class TracePeer {

    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\n"
                    + "m=audio 4000 RTP/AVP 8\r\n";

    final Endpoint place;
    private final String name;
    private final Map<String, byte[]> sent = new HashMap<>();
    private final Map<String, Request> received = new HashMap<>();
    private Request lastReceived;
    private String callId;
    private String from;
    private String to;
    private String refusedTo;
    private String target;
    private String inviteBranch = "";
    private int inviteNumber;
    private int number;
    private int branches;
    private boolean refused;

    TracePeer(String name, Endpoint place) {
        this.name = name;
        this.place = place;
    }

    /** Takes note of a message from us. */
    void receive(Request request) {
        received.put(request.method(), request);
        if (!request.method().equals("ACK")) lastReceived = request;
        if (callId == null) {
            callId = request.envelope().callId();
            from = request.envelope().to().raw() + ";tag=" + name;
            to = request.envelope().from().raw();
            target = bracketed(request.headers().first(HeaderName.CONTACT).orElse("<sip:none>"));
        }
    }

    void receive(Response response) {
        var cseq = response.envelope().cseq();
        if (!cseq.method().equals("INVITE") || response.status() < 101) return;
        refused = response.status() >= 300;
        if (refused) {
            refusedTo = response.envelope().to().raw();
            return;
        }
        to = response.envelope().to().raw();
        var contact = response.headers().first(HeaderName.CONTACT);
        contact.ifPresent(given -> target = bracketed(given));
    }

    private static String bracketed(String contact) {
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    /** The bytes of a line that this peer sends. */
    byte[] spell(TraceLine line) {
        var first = line.word(0);
        if (line.what().endsWith(" again")) return sent.get(first);
        boolean response = Character.isDigit(first.charAt(0));
        var message = response ? response(line) : request(line);
        sent.put(first, message);
        return message;
    }

    private byte[] request(TraceLine line) {
        var method = line.word(0);
        if (callId == null || line.more().contains("new call")) begin(line);
        if (method.equals("INVITE")) {
            inviteBranch = newBranch();
            inviteNumber = ++number;
            refused = false;
        }
        boolean ofInvite = method.equals("ACK") || method.equals("CANCEL");
        boolean sameBranch =
                method.equals("CANCEL") || method.equals("INVITE") || ackOfRefusal(method);
        if (!ofInvite && !method.equals("INVITE")) number++;
        var uri = line.word(1).isEmpty() ? target : line.word(1);
        target = uri;
        var headers = new LinkedHashMap<String, String>();
        var branch = sameBranch ? inviteBranch : newBranch();
        headers.put("Via", "SIP/2.0/UDP " + place + ";branch=" + branch + ";rport");
        headers.put("Max-Forwards", "70");
        headers.put("From", from);
        headers.put("To", to(method));
        headers.put("Call-ID", callId);
        headers.put("CSeq", (ofInvite ? inviteNumber : number) + " " + method);
        if (!ofInvite) headers.put("Contact", "<sip:" + name + "@" + place + ">");
        return print(method + " " + uri + " SIP/2.0", headers, line);
    }

    private boolean ackOfRefusal(String method) {
        return method.equals("ACK") && refused;
    }

    private void begin(TraceLine line) {
        callId = "call-of-" + name + branches;
        from = "<sip:" + name + "@example.test>;tag=" + name + branches;
        to = "<" + line.word(1) + ">";
        number = 0;
    }

    private String to(String method) {
        if (ackOfRefusal(method)) return refusedTo;
        int tag = to.indexOf(";tag=");
        return method.equals("CANCEL") && tag > 0 ? to.substring(0, tag) : to;
    }

    private byte[] response(TraceLine line) {
        var method = line.word(1);
        var request = method.isEmpty() ? lastReceived : received.get(method);
        var envelope = request.envelope();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Via", envelope.via().raw());
        headers.put("From", envelope.from().raw());
        var tag = line.option("To.tag").orElse(name);
        var toRaw = envelope.to().raw();
        headers.put("To", toRaw.contains(";tag=") ? toRaw : toRaw + ";tag=" + tag);
        headers.put("Call-ID", envelope.callId());
        headers.put("CSeq", envelope.cseq().number() + " " + envelope.cseq().method());
        headers.put("Contact", "<sip:" + name + "@" + place + ">");
        return print("SIP/2.0 " + line.word(0) + " Whatever", headers, line);
    }

    private static byte[] print(String start, Map<String, String> headers, TraceLine line) {
        for (var extra : line.headers()) {
            int colon = extra.indexOf(": ");
            headers.put(extra.substring(0, colon), extra.substring(colon + 2));
        }
        List<String> lines = new ArrayList<>(List.of(start));
        headers.forEach(
                (header, value) -> {
                    if (!value.equals("-")) lines.add(header + ": " + value);
                });
        if (line.hasSdp()) lines.add("Content-Type: application/sdp");
        var body = line.hasSdp() ? SDP : line.option("body").orElse("");
        lines.add("Content-Length: " + body.length());
        var text = String.join("\r\n", lines) + "\r\n\r\n" + body;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String newBranch() {
        return "z9hG4bK-" + name + ++branches;
    }
}
