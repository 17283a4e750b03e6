// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.MessageWriter;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipUri;

/**
 * Looks a request over before anybody acts on it (RFC 3261 §8.2): can it be taken at all, whatever
 * it is about?
 */
public final class RequestScreen {

    /** What we answer to. PRACK and UPDATE are not among it, nor is 100rel or timer offered. */
    public static final String ALLOWED = "INVITE, ACK, CANCEL, BYE, INFO, OPTIONS";

    /** The only body of an INVITE that we read. */
    public static final String SDP = "application/sdp";

    private static final List<String> KNOWN_ELSEWHERE =
            List.of(
                    "REGISTER",
                    "PRACK",
                    "UPDATE",
                    "REFER",
                    "NOTIFY",
                    "SUBSCRIBE",
                    "MESSAGE",
                    "PUBLISH");

    /** A status, and the headers that explain it. */
    public record Verdict(int status, List<HeaderField> headers) {

        public Verdict {
            headers = List.copyOf(headers);
        }

        static Optional<Verdict> of(int status) {
            return Optional.of(new Verdict(status, List.of()));
        }

        static Optional<Verdict> of(int status, String name, String value) {
            return Optional.of(new Verdict(status, List.of(new HeaderField(name, value))));
        }
    }

    private final List<String> infoTypes;

    public RequestScreen(List<String> infoTypes) {
        this.infoTypes = infoTypes.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList();
    }

    /** Adds to an answer what an INVITE would find here (RFC 3261 §11.2). */
    public static MessageWriter capabilities(MessageWriter answer) {
        return answer.header(HeaderName.ALLOW, ALLOWED)
                .header(HeaderName.ACCEPT, SDP)
                .header(HeaderName.ACCEPT_ENCODING, "identity")
                .header(HeaderName.SUPPORTED, "");
    }

    /** Why the request cannot be taken; empty when it can. Not for ACK and CANCEL. */
    public Optional<Verdict> refusalOf(Request request) {
        var unknown = refusalOfMethod(request.method());
        if (unknown.isPresent()) return unknown;
        if (request.headers().first(HeaderName.MAX_FORWARDS).equals(Optional.of("0"))) {
            return Verdict.of(483);
        }
        if (SipUri.parse(request.uri()).isEmpty()) return Verdict.of(416);
        var extensions = request.headers().values(HeaderName.REQUIRE);
        if (!extensions.isEmpty()) {
            return Verdict.of(420, HeaderName.UNSUPPORTED, String.join(", ", extensions));
        }
        if (!takesSdp(request)) return Verdict.of(406, HeaderName.ACCEPT, SDP);
        return refusalOfBody(request);
    }

    /** Whether our answer, which is SDP, is a body that an INVITE accepts (RFC 3261 §20.1). */
    private static boolean takesSdp(Request request) {
        if (!request.method().equals("INVITE")) return true;
        var ranges = request.headers().values(HeaderName.ACCEPT);
        return ranges.isEmpty() || ranges.stream().anyMatch(RequestScreen::coversSdp);
    }

    private static boolean coversSdp(String range) {
        int end = range.indexOf(';');
        var type = (end < 0 ? range : range.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals(SDP) || type.equals("application/*") || type.equals("*/*");
    }

    private static Optional<Verdict> refusalOfMethod(String method) {
        return switch (method) {
            case "INVITE", "BYE", "INFO", "OPTIONS" -> Optional.empty();
            default ->
                    Verdict.of(
                            KNOWN_ELSEWHERE.contains(method) ? 405 : 501,
                            HeaderName.ALLOW,
                            ALLOWED);
        };
    }

    private Optional<Verdict> refusalOfBody(Request request) {
        if (request.body().length == 0) return Optional.empty();
        for (var encoding : request.headers().values(HeaderName.CONTENT_ENCODING)) {
            if (!encoding.equalsIgnoreCase("identity")) {
                return Verdict.of(415, HeaderName.ACCEPT_ENCODING, "identity");
            }
        }
        var type = request.contentType();
        return switch (request.method()) {
            case "INVITE" ->
                    type.equals(SDP) ? Optional.empty() : Verdict.of(415, HeaderName.ACCEPT, SDP);
            case "INFO" ->
                    infoTypes.contains(type)
                            ? Optional.empty()
                            : Verdict.of(415, HeaderName.ACCEPT, String.join(", ", infoTypes));
            default -> Optional.empty();
        };
    }
}
