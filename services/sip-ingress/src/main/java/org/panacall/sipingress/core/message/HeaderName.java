// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import java.nio.charset.StandardCharsets;

/** Names of the headers that we look at, as we write them. */
public final class HeaderName {

    public static final String ACCEPT = "Accept";
    public static final String ACCEPT_ENCODING = "Accept-Encoding";
    public static final String ALLOW = "Allow";
    public static final String CALL_ID = "Call-ID";
    public static final String CONTACT = "Contact";
    public static final String CONTENT_ENCODING = "Content-Encoding";
    public static final String CONTENT_LENGTH = "Content-Length";
    public static final String CONTENT_TYPE = "Content-Type";
    public static final String CSEQ = "CSeq";
    public static final String FROM = "From";
    public static final String MAX_FORWARDS = "Max-Forwards";
    public static final String P_ASSERTED_IDENTITY = "P-Asserted-Identity";
    public static final String REASON = "Reason";
    public static final String RECORD_ROUTE = "Record-Route";
    public static final String REQUIRE = "Require";
    public static final String RETRY_AFTER = "Retry-After";
    public static final String ROUTE = "Route";
    public static final String SERVER = "Server";
    public static final String SUPPORTED = "Supported";
    public static final String TO = "To";
    public static final String UNSUPPORTED = "Unsupported";
    public static final String USER_AGENT = "User-Agent";
    public static final String VIA = "Via";
    public static final String X_PANACALL_RECEIVED = "X-Panacall-Received";
    public static final String X_PANACALL_SOURCE = "X-Panacall-Source";

    private static final String[] KNOWN = {
        ACCEPT,
        ACCEPT_ENCODING,
        ALLOW,
        CALL_ID,
        CONTACT,
        CONTENT_ENCODING,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        CSEQ,
        FROM,
        MAX_FORWARDS,
        P_ASSERTED_IDENTITY,
        REASON,
        RECORD_ROUTE,
        REQUIRE,
        RETRY_AFTER,
        ROUTE,
        SERVER,
        SUPPORTED,
        TO,
        UNSUPPORTED,
        USER_AGENT,
        VIA,
        X_PANACALL_RECEIVED,
        X_PANACALL_SOURCE
    };

    private HeaderName() {}

    /** The name as we write it: compact forms spelled out, capitals as above. */
    static String canonical(byte[] bytes, int start, int end) {
        if (end - start == 1) {
            var full = compact((char) bytes[start]);
            if (full != null) return full;
        }
        for (var known : KNOWN) {
            if (known.length() == end - start && matches(known, bytes, start)) return known;
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean matches(String known, byte[] bytes, int start) {
        for (int i = 0; i < known.length(); i++) {
            // Tokens differ in bit 5 only by case, and no two token characters clash by it here.
            if ((known.charAt(i) | 0x20) != (bytes[start + i] | 0x20)) return false;
        }
        return true;
    }

    private static String compact(char c) {
        return switch (c | 0x20) {
            case 'c' -> CONTENT_TYPE;
            case 'e' -> CONTENT_ENCODING;
            case 'f' -> FROM;
            case 'i' -> CALL_ID;
            case 'k' -> SUPPORTED;
            case 'l' -> CONTENT_LENGTH;
            case 'm' -> CONTACT;
            case 't' -> TO;
            case 'v' -> VIA;
            default -> null;
        };
    }
}
