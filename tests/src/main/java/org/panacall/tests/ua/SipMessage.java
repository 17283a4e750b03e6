// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A SIP message as text, just enough of it to script telephones; independent of the product. */
final class SipMessage {

    private static final Map<String, String> LONG_FORMS =
            Map.of(
                    "v",
                    "via",
                    "f",
                    "from",
                    "t",
                    "to",
                    "i",
                    "call-id",
                    "m",
                    "contact",
                    "l",
                    "content-length",
                    "c",
                    "content-type");

    private record Header(String name, String value) {}

    final String start;
    final String body;
    private final List<Header> headers = new ArrayList<>();

    SipMessage(String start, String body) {
        this.start = start;
        this.body = body;
    }

    static SipMessage parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        var lines = text.substring(0, end < 0 ? text.length() : end).split("\r\n");
        var message = new SipMessage(lines[0], end < 0 ? "" : text.substring(end + 4));
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            message.add(
                    lines[i].substring(0, colon).strip(), lines[i].substring(colon + 1).strip());
        }
        return message;
    }

    SipMessage add(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    /** Copies all headers of a name from another message, in order. */
    SipMessage copy(SipMessage from, String name) {
        from.all(name).forEach(value -> add(name, value));
        return this;
    }

    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        var key = name.toLowerCase(Locale.ROOT);
        return headers.stream()
                .filter(header -> canonical(header.name).equals(key))
                .map(Header::value)
                .toList();
    }

    /** Values of a name, with lists in one header taken apart. */
    List<String> list(String name) {
        return all(name).stream()
                .flatMap(line -> List.of(line.split(",\\s*(?=<)")).stream())
                .toList();
    }

    boolean isResponse() {
        return start.startsWith("SIP/2.0 ");
    }

    int status() {
        return Integer.parseInt(start.substring(8, 11));
    }

    /** Method of a request, or of the request that a response answers. */
    String method() {
        return isResponse()
                ? header("CSeq").orElseThrow().split("\\s+")[1]
                : start.substring(0, start.indexOf(' '));
    }

    int sequence() {
        return Integer.parseInt(header("CSeq").orElseThrow().split("\\s+")[0]);
    }

    String callId() {
        return header("Call-ID").orElseThrow();
    }

    /** Parameter of a header's value, such as the tag of To. */
    static Optional<String> parameter(String value, String name) {
        int at = value.indexOf(";" + name + "=");
        if (at < 0) {
            return Optional.empty();
        }
        var rest = value.substring(at + name.length() + 2);
        return Optional.of(rest.split("[;>,\\s]", 2)[0]);
    }

    /** The URI within angle brackets, or the bare one. */
    static String uri(String value) {
        int open = value.indexOf('<');
        return open < 0
                ? value.split(";", 2)[0].strip()
                : value.substring(open + 1, value.indexOf('>', open));
    }

    private static String canonical(String name) {
        var key = name.toLowerCase(Locale.ROOT);
        return LONG_FORMS.getOrDefault(key, key);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(start).append("\r\n");
        headers.forEach(h -> text.append(h.name).append(": ").append(h.value).append("\r\n"));
        return text.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }
}
