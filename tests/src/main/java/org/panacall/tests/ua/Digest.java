// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digest access authentication (RFC 2617, MD5 with or without qop=auth). */
final class Digest {

    private Digest() {}

    /** Adds the answer to a challenge to a request. */
    static void authorize(SipMessage request, SipMessage challenge, UserAgent.Identity identity) {
        boolean proxy = challenge.status() == 407;
        var asked =
                challenge.header(proxy ? "Proxy-Authenticate" : "WWW-Authenticate").orElseThrow();
        var realm = quoted(asked, "realm");
        var nonce = quoted(asked, "nonce");
        var uri = request.start.split(" ")[1];
        var ha1 = md5(identity.user() + ":" + realm + ":" + identity.password().orElse(""));
        var ha2 = md5(request.method() + ":" + uri);
        boolean qop = asked.contains("qop=");
        var middle = qop ? nonce + ":00000001:c0ffee:auth" : nonce;
        var value =
                ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\","
                                + " algorithm=MD5")
                        .formatted(
                                identity.user(),
                                realm,
                                nonce,
                                uri,
                                md5(ha1 + ":" + middle + ":" + ha2));
        var name = proxy ? "Proxy-Authorization" : "Authorization";
        request.add(name, qop ? value + ", qop=auth, nc=00000001, cnonce=\"c0ffee\"" : value);
    }

    private static String quoted(String header, String name) {
        int at = header.indexOf(name + "=\"") + name.length() + 2;
        return header.substring(at, header.indexOf('"', at));
    }

    private static String md5(String text) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
