// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a BYE, a CANCEL or a refusal was sent (RFC 3326): {@code Q.850;cause=16} or {@code
 * SIP;cause=200;text="Call completed elsewhere"}.
 */
public record ReasonHeader(String protocol, OptionalInt cause, Optional<String> text) {

    public ReasonHeader {
        if (!Text.isToken(protocol)) {
            throw new IllegalArgumentException("not a reason protocol");
        }
        if (cause.isPresent() && (cause.getAsInt() < 0 || cause.getAsInt() > 999)) {
            throw new IllegalArgumentException("not a reason cause");
        }
        if (text.isPresent() && Text.hasControl(text.get())) {
            throw new IllegalArgumentException("control character in the reason text");
        }
    }

    /** A cause of ITU-T Q.850, as carriers speak of them. */
    public static ReasonHeader q850(int cause) {
        return new ReasonHeader("Q.850", OptionalInt.of(cause), Optional.empty());
    }

    /** A SIP status as the cause. */
    public static ReasonHeader sip(int status) {
        return new ReasonHeader("SIP", OptionalInt.of(status), Optional.empty());
    }

    /** Another phone that rang for the same call was answered (RFC 3326, section 3.1). */
    public static ReasonHeader completedElsewhere() {
        return new ReasonHeader(
                "SIP", OptionalInt.of(200), Optional.of("Call completed elsewhere"));
    }

    /** Reads the first Reason of a message; empty when there is none or it is malformed. */
    public static Optional<ReasonHeader> of(Headers headers) {
        var values = headers.values(HeaderName.REASON);
        if (values.isEmpty()) return Optional.empty();
        var raw = values.getFirst();
        int end = Text.next(raw, 0, ';');
        var protocol = raw.substring(0, end).strip();
        var cause = Text.parameter(raw, end, "cause");
        var text = Text.parameter(raw, end, "text");
        if (!Text.isToken(protocol)) return Optional.empty();
        long number = cause == null ? -1 : Validation.number(cause, 0, cause.length(), 999);
        return Optional.of(
                new ReasonHeader(
                        protocol,
                        number < 0 ? OptionalInt.empty() : OptionalInt.of((int) number),
                        Optional.ofNullable(text).map(Text::unquote).map(Text::decode)));
    }
}
