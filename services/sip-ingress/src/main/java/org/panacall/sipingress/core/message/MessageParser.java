// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.panacall.sipingress.core.message.SipMessage.Envelope;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;

/**
 * Reads one datagram in one pass: lines, folding, compact forms, limits. What the lines must hold
 * is {@link Validation}'s part. Keeps the first flaw and reads on, because an answer needs the
 * headers that follow it.
 */
public final class MessageParser {

    /**
     * How much is read.
     *
     * @param lineBytes of one header, unfolded
     * @param vias hops that a message may have gone through; 70 is what Max-Forwards begins with
     */
    public record Limits(
            int messageBytes, int bodyBytes, int headers, int lineBytes, int uriBytes, int vias) {

        public static final Limits STANDARD = new Limits(16_384, 8_192, 128, 4_096, 1_024, 70);
    }

    /** What became of a datagram. */
    public sealed interface Outcome {

        /** A message that keeps the rules. */
        record Understood(SipMessage message) implements Outcome {}

        /** A request that breaks a rule, but says whom to tell. */
        record Refused(Via via, String method, Headers headers, int status, String phrase)
                implements Outcome {}

        /** Nothing that could be answered. */
        record Unusable(String what) implements Outcome {}

        /** Blank lines, as sent to keep a NAT's binding open. */
        record KeepAlive() implements Outcome {}
    }

    private static final byte[] NOTHING = {};

    private final Limits limits;

    // The state of one reading; the parser belongs to one thread.
    private byte[] bytes;
    private int at;
    private Headers headers;
    private int status;
    private String phrase;

    public MessageParser(Limits limits) {
        this.limits = limits;
    }

    /** Reads a datagram. The array is not kept. */
    public Outcome parse(byte[] datagram) {
        bytes = datagram;
        at = 0;
        status = 0;
        phrase = null;
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) at++;
        if (at == bytes.length) return new Outcome.KeepAlive();
        if (bytes.length > limits.messageBytes) flaw(513, "Message Too Large");
        int lineEnd = lineEnd();
        if (lineEnd - at > limits.lineBytes) return new Outcome.Unusable("start-line");
        var startLine = slice(at, lineEnd);
        if (Text.hasControl(startLine)) return new Outcome.Unusable("start-line");
        at = afterLine(lineEnd);
        readHeaders();
        return startLine.regionMatches(true, 0, "SIP/", 0, 4)
                ? response(startLine)
                : request(startLine);
    }

    private Outcome request(String line) {
        if (line.endsWith(" ")) {
            flaw(400, "Blank after the version");
            line = line.stripTrailing();
        }
        int methodEnd = line.indexOf(' ');
        int uriEnd = line.lastIndexOf(' ');
        if (methodEnd <= 0 || !Text.isToken(line.substring(0, methodEnd))) {
            return new Outcome.Unusable("start-line");
        }
        var method = line.substring(0, methodEnd);
        var uri = uriEnd > methodEnd ? line.substring(methodEnd + 1, uriEnd) : "";
        var version = line.substring(uriEnd + 1);
        if (uri.length() > limits.uriBytes) flaw(414, "Request-URI Too Long");
        var problem = Validation.problemOfUri(uri);
        if (problem != null) flaw(400, problem);
        if (!version.equalsIgnoreCase("SIP/2.0")) {
            if (!version.regionMatches(true, 0, "SIP/", 0, 4))
                return new Outcome.Unusable("version");
            flaw(505, "Version Not Supported");
        }
        var body = body();
        var rules = new Validation(headers, limits);
        var envelope = rules.envelope(method);
        if (rules.problem() != null) flaw(400, rules.problem());
        if (status == 0) {
            return new Outcome.Understood(new Request(method, uri, headers, envelope, body));
        }
        if (!rules.isAnswerable() || method.equals("ACK")) return new Outcome.Unusable(phrase);
        return new Outcome.Refused(rules.via(), method, headers, status, phrase);
    }

    private Outcome response(String line) {
        boolean wellFormed =
                line.length() >= 11
                        && line.regionMatches(true, 0, "SIP/2.0 ", 0, 8)
                        && (line.length() == 11 || line.charAt(11) == ' ');
        long code = wellFormed ? Validation.number(line, 8, 11, 699) : -1;
        if (code < 100) return new Outcome.Unusable("status line");
        var body = body();
        var rules = new Validation(headers, limits);
        Envelope envelope = rules.envelope(null);
        if (rules.problem() != null) flaw(400, rules.problem());
        if (status != 0) return new Outcome.Unusable(phrase);
        var text = line.length() > 12 ? line.substring(12) : "";
        return new Outcome.Understood(new Response((int) code, text, headers, envelope, body));
    }

    private void readHeaders() {
        headers = new Headers(limits.headers);
        while (at < bytes.length) {
            int lineEnd = lineEnd();
            if (lineEnd == at) {
                at = afterLine(lineEnd);
                return;
            }
            int start = at;
            at = afterLine(lineEnd);
            if (isFolded()) {
                addFolded(start, lineEnd);
            } else {
                add(bytes, start, lineEnd);
            }
        }
        flaw(400, "Missing empty line");
    }

    private boolean isFolded() {
        return at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t');
    }

    private void addFolded(int start, int end) {
        var whole = new StringBuilder(slice(start, end));
        while (isFolded()) {
            int lineEnd = lineEnd();
            // Past the limit the rest is skipped, so that a long fold costs no memory.
            if (whole.length() <= limits.lineBytes) {
                whole.append(' ').append(slice(at, lineEnd).strip());
            }
            at = afterLine(lineEnd);
        }
        var unfolded = whole.toString().getBytes(StandardCharsets.ISO_8859_1);
        add(unfolded, 0, unfolded.length);
    }

    /** Takes in a header line. A bad one is left out, so that it is never sent back. */
    private void add(byte[] line, int start, int end) {
        if (end - start > limits.lineBytes) {
            flaw(400, "Header too long");
            return;
        }
        int nameEnd = start;
        while (nameEnd < end && Text.isTokenChar((char) (line[nameEnd] & 0xff))) nameEnd++;
        int colon = nameEnd;
        while (colon < end && (line[colon] == ' ' || line[colon] == '\t')) colon++;
        if (nameEnd == start || colon == end || line[colon] != ':') {
            flaw(400, "Malformed header line");
            return;
        }
        int from = colon + 1;
        int to = end;
        while (from < to && (line[from] == ' ' || line[from] == '\t')) from++;
        while (to > from && (line[to - 1] == ' ' || line[to - 1] == '\t')) to--;
        if (hasBareControl(line, from, to)) {
            flaw(400, "Control character in a header");
            return;
        }
        var value = new String(line, from, to - from, StandardCharsets.ISO_8859_1);
        if (!headers.add(HeaderName.canonical(line, start, nameEnd), value)) {
            flaw(400, "Too many headers");
        }
    }

    /** Whether there is a control character but those that a quoted string may escape (§25.1). */
    private static boolean hasBareControl(byte[] line, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte c = line[i];
            if (c >= 0 && c < ' ' && c != '\t' || c == 127) return true;
            if (c == '"') quoted = !quoted;
            boolean escapes = quoted && c == '\\' && i + 1 < to;
            if (escapes && line[++i] == '\r') return true;
        }
        return false;
    }

    /** What follows the empty line; the stated length rules, what lies beyond it is no part. */
    private byte[] body() {
        int rest = bytes.length - at;
        var stated = headers.line(HeaderName.CONTENT_LENGTH);
        int length = rest;
        if (stated != null) {
            length = (int) Validation.number(stated, 0, stated.length(), 999_999_999);
            if (length < 0 || length > rest) {
                flaw(400, length < 0 ? "Malformed Content-Length" : "Content-Length mismatch");
                return NOTHING;
            }
        }
        if (length > limits.bodyBytes) {
            flaw(513, "Message Too Large");
            return NOTHING;
        }
        return length == 0 ? NOTHING : Arrays.copyOfRange(bytes, at, at + length);
    }

    /** Where the line that begins here ends, its CR LF or LF left out. */
    private int lineEnd() {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') end++;
        return end > at && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private int afterLine(int lineEnd) {
        int next = lineEnd;
        if (next < bytes.length && bytes[next] == '\r') next++;
        if (next < bytes.length && bytes[next] == '\n') next++;
        return next;
    }

    private String slice(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private void flaw(int newStatus, String newPhrase) {
        if (status != 0) return;
        status = newStatus;
        phrase = newPhrase;
    }
}
