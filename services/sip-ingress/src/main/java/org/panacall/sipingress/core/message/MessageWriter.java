// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.panacall.sipingress.core.message.SipMessage.Request;

/** Prints one message, line by line, in the order of the calls. */
public final class MessageWriter {

    private static final String END = "\r\n";

    private final StringBuilder text = new StringBuilder(768);

    private MessageWriter() {}

    /** Begins a request. */
    public static MessageWriter request(String method, String uri) {
        var writer = new MessageWriter();
        writer.text
                .append(method)
                .append(' ')
                .append(Text.encode(uri))
                .append(" SIP/2.0")
                .append(END);
        return writer;
    }

    /** Begins a response with what it copies from its request (RFC 3261 §8.2.6). */
    public static MessageWriter reply(Request request, int status, Endpoint source, String tag) {
        return reply(status, phrase(status))
                .copied(request.headers(), request.envelope().via(), source, tag);
    }

    /** The whole response to a request that broke a rule. */
    public static byte[] refusal(
            MessageParser.Outcome.Refused flawed, Endpoint source, String tag) {
        return reply(flawed.status(), flawed.phrase())
                .copied(flawed.headers(), flawed.via(), source, tag)
                .bytes();
    }

    private static MessageWriter reply(int status, String phrase) {
        var writer = new MessageWriter();
        writer.text.append("SIP/2.0 ").append(status).append(' ').append(phrase).append(END);
        return writer;
    }

    private MessageWriter copied(Headers headers, Via via, Endpoint source, String tag) {
        var vias = headers.values(HeaderName.VIA);
        header(HeaderName.VIA, via.stamped(source));
        for (int i = 1; i < vias.size(); i++) header(HeaderName.VIA, vias.get(i));
        header(HeaderName.FROM, headers.line(HeaderName.FROM));
        var to = headers.line(HeaderName.TO);
        var party = Party.read(to);
        boolean lacksTag = party != null && party.tag().isEmpty() && !tag.isEmpty();
        header(HeaderName.TO, lacksTag ? to + ";tag=" + tag : to);
        header(HeaderName.CALL_ID, headers.line(HeaderName.CALL_ID));
        return header(HeaderName.CSEQ, headers.line(HeaderName.CSEQ));
    }

    /** Adds a line; the value is one char a byte already, as it came or of ASCII only. */
    public MessageWriter header(String name, String value) {
        text.append(name).append(':');
        if (!value.isEmpty()) text.append(' ').append(value);
        text.append(END);
        return this;
    }

    /** Adds a line that people may have written. */
    public MessageWriter header(HeaderField field) {
        return header(field.name(), Text.encode(field.value()));
    }

    /** Adds From, To or Contact. */
    public MessageWriter party(String name, NameAddress address, String tag) {
        text.append(name).append(": ");
        if (address.displayName().isPresent()) {
            text.append(Text.quote(Text.encode(address.displayName().get()))).append(' ');
        }
        text.append('<').append(Text.encode(address.uri())).append('>');
        if (!tag.isEmpty()) text.append(";tag=").append(tag);
        text.append(END);
        return this;
    }

    /** Adds a Reason, if there is one. */
    public MessageWriter reason(Optional<ReasonHeader> reason) {
        if (reason.isEmpty()) return this;
        var given = reason.get();
        text.append(HeaderName.REASON).append(": ").append(given.protocol());
        OptionalInt cause = given.cause();
        if (cause.isPresent()) text.append(";cause=").append(cause.getAsInt());
        if (given.text().isPresent()) {
            text.append(";text=").append(Text.quote(Text.encode(given.text().get())));
        }
        text.append(END);
        return this;
    }

    /** Adds Via with our branch; rport asks the other side to see through our NAT. */
    public MessageWriter via(Endpoint sentBy, String branch) {
        text.append("Via: SIP/2.0/UDP ");
        text.append(authority(sentBy)).append(";rport;branch=").append(branch).append(END);
        return this;
    }

    /** Adds CSeq. */
    public MessageWriter cseq(long number, String method) {
        text.append("CSeq: ").append(number).append(' ').append(method).append(END);
        return this;
    }

    /** Ends a message without a body. */
    public byte[] bytes() {
        text.append("Content-Length: 0").append(END).append(END);
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Ends a message with a body. */
    public byte[] bytes(String contentType, String body) {
        var encoded = Text.encode(body);
        header(HeaderName.CONTENT_TYPE, contentType);
        text.append("Content-Length: ").append(encoded.length()).append(END).append(END);
        text.append(encoded);
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** host:port as URIs and Via have it. */
    public static String authority(Endpoint endpoint) {
        boolean bare = endpoint.host().indexOf(':') < 0;
        return (bare ? endpoint.host() : '[' + endpoint.host() + ']') + ':' + endpoint.port();
    }

    /** The usual words for a status. */
    public static String phrase(int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 183 -> "Session Progress";
            case 200 -> "OK";
            case 302 -> "Moved Temporarily";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Unsupported URI Scheme";
            case 420 -> "Bad Extension";
            case 480 -> "Temporarily Unavailable";
            case 481 -> "Call/Transaction Does Not Exist";
            case 482 -> "Loop Detected";
            case 483 -> "Too Many Hops";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 491 -> "Request Pending";
            case 500 -> "Server Internal Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            case 600 -> "Busy Everywhere";
            case 603 -> "Decline";
            default -> status < 200 ? "Progress" : status < 300 ? "OK" : "Failure";
        };
    }
}
