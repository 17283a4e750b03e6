// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a server knows that a request is ours, of now, and as we sent it: HMAC-SHA256 over the
 * seconds, the method, the path with its query, and the body, with a line feed between them.
 */
final class Signature {

    static final String TIMESTAMP = "Panacall-Timestamp";
    static final String HEADER = "Panacall-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(String secret, Instant at, String method, String path, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var head = at.getEpochSecond() + "\n" + method + "\n" + path + "\n";
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, missing);
        }
    }
}
