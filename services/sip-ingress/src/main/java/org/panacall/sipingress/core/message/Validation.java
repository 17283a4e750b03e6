// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import org.panacall.sipingress.core.message.MessageParser.Limits;
import org.panacall.sipingress.core.message.SipMessage.CSeq;
import org.panacall.sipingress.core.message.SipMessage.Envelope;

/** What the headers of any message must hold (RFC 3261 §8.1.1, §20). Keeps the first problem. */
final class Validation {

    private static final String[] ONCE = {
        HeaderName.FROM,
        HeaderName.TO,
        HeaderName.CALL_ID,
        HeaderName.CSEQ,
        HeaderName.MAX_FORWARDS,
        HeaderName.CONTENT_LENGTH,
        HeaderName.CONTENT_TYPE
    };

    private final Headers headers;
    private final Limits limits;
    private Via via;
    private String problem;

    Validation(Headers headers, Limits limits) {
        this.headers = headers;
        this.limits = limits;
    }

    /**
     * Takes apart what every message has; holes in it when there is a problem.
     *
     * @param method of the request that it must belong to; null for a response
     */
    Envelope envelope(String method) {
        via = topVia();
        var from = party(HeaderName.FROM);
        var to = party(HeaderName.TO);
        var callId = headers.line(HeaderName.CALL_ID);
        if (callId == null || callId.length() > 256 || !isCallId(callId)) problem("Call-ID");
        var cseq = cseq(method);
        for (var name : ONCE) {
            if (headers.count(name) > 1) refuse("Repeated " + name);
        }
        var hops = headers.line(HeaderName.MAX_FORWARDS);
        if (hops != null && number(hops, 0, hops.length(), 255) < 0) problem("Max-Forwards");
        return new Envelope(via, from, to, callId, cseq);
    }

    /** The first problem, in words for the reason phrase; null when there is none. */
    String problem() {
        return problem;
    }

    /** The top Via, if it could be read. */
    Via via() {
        return via;
    }

    /** Whether there is all that a response copies from its request. */
    boolean isAnswerable() {
        return via != null
                && headers.line(HeaderName.FROM) != null
                && headers.line(HeaderName.TO) != null
                && headers.line(HeaderName.CALL_ID) != null
                && headers.line(HeaderName.CSEQ) != null;
    }

    private Via topVia() {
        var all = headers.values(HeaderName.VIA);
        if (all.size() > limits.vias()) refuse("Too many Via");
        var top = all.isEmpty() ? null : Via.parse(all.getFirst());
        if (top == null || !top.isSound()) problem("Via");
        return top;
    }

    private Party party(String name) {
        var line = headers.line(name);
        var party = line == null ? null : Party.read(line);
        if (party == null) problem(name);
        return party;
    }

    private CSeq cseq(String method) {
        var line = headers.line(HeaderName.CSEQ);
        if (line == null) {
            problem(HeaderName.CSEQ);
            return null;
        }
        int end = 0;
        while (end < line.length() && !Text.isBlank(line.charAt(end))) end++;
        long number = number(line, 0, end, Integer.MAX_VALUE);
        var named = line.substring(Text.skipBlank(line, end));
        if (number < 0 || !Text.isToken(named)) {
            problem(HeaderName.CSEQ);
            return null;
        }
        if (method != null && !method.equals(named)) refuse("CSeq method mismatch");
        return new CSeq(number, named);
    }

    private static boolean isCallId(String text) {
        return !text.isEmpty() && Text.isPrintable(text);
    }

    private void problem(String name) {
        refuse(headers.line(name) == null ? "Missing " + name : "Malformed " + name);
    }

    private void refuse(String what) {
        if (problem == null) problem = what;
    }

    /** What is wrong with a request URI, whatever its scheme; null when nothing is. */
    static String problemOfUri(String uri) {
        int colon = uri.indexOf(':');
        boolean plain =
                Text.isPrintable(uri)
                        && uri.indexOf('<') < 0
                        && uri.indexOf('>') < 0
                        && uri.indexOf('"') < 0;
        if (colon <= 0 || !plain) return "Malformed Request-URI";
        if (!UriParser.isOurScheme(uri, colon)) return null;
        var parsed = UriParser.parse(uri);
        if (parsed == null) return "Malformed Request-URI";
        // Headers are for links, not for request URIs (RFC 3261 §19.1.1).
        boolean hasHeaders = uri.indexOf('?', uri.indexOf('@') + 1) >= 0;
        return hasHeaders && !parsed.scheme().equals("tel") ? "Headers in the Request-URI" : null;
    }

    /** A whole number of digits only; -1 when it is none or above the bound. */
    static long number(String text, int start, int end, long max) {
        if (start >= end || end - start > 10) return -1;
        long number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            number = number * 10 + (c - '0');
        }
        return number <= max ? number : -1;
    }
}
