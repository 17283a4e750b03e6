// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A message that came in and was understood. */
public sealed interface SipMessage {

    /** All headers as they came. */
    Headers headers();

    /** The headers that every message has, taken apart. */
    Envelope envelope();

    byte[] body();

    /** The body as text; empty when there is none. */
    default String text() {
        return body().length == 0 ? "" : new String(body(), StandardCharsets.UTF_8);
    }

    /** The media type of Content-Type in lower case, without parameters; empty when absent. */
    default String contentType() {
        var line = headers().line(HeaderName.CONTENT_TYPE);
        if (line == null) return "";
        int end = line.indexOf(';');
        var type = end < 0 ? line : line.substring(0, end);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** Number and method of the request that a message is or answers. */
    record CSeq(long number, String method) {}

    /** What every message has: the top Via, both parties, Call-ID and CSeq. */
    record Envelope(Via via, Party from, Party to, String callId, CSeq cseq) {}

    /** A request; the method in capitals as it came, the URI unread. */
    record Request(String method, String uri, Headers headers, Envelope envelope, byte[] body)
            implements SipMessage {

        private static final Pattern RECEIVED = Pattern.compile("([0-9]{1,12})\\.([0-9]{3})[0-9]*");
        private static final long BELIEVED_MS = 60_000;

        /**
         * When the edge had the request first: it may have been repeated until somebody lived to
         * hear it. What the edge says is believed when it is of the last minute; else it is now.
         */
        public long receivedAt(long now) {
            var told = headers.line(HeaderName.X_PANACALL_RECEIVED);
            var parts = RECEIVED.matcher(told == null ? "" : told);
            if (!parts.matches()) return now;
            long at = Long.parseLong(parts.group(1)) * 1_000 + Long.parseLong(parts.group(2));
            return at <= now && now - at <= BELIEVED_MS ? at : now;
        }
    }

    /** A response; the phrase is for people only. */
    record Response(int status, String phrase, Headers headers, Envelope envelope, byte[] body)
            implements SipMessage {}
}
