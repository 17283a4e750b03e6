// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.panacall.desktop.DesktopConfig;

/**
 * Short-lived SIP credentials for browser phones, as Kamailio's auth_ephemeral checks them: the
 * user name is "expiry:extension" and the password its HMAC-SHA256, so that nothing has to be
 * stored.
 */
@ApplicationScoped
public class PhoneCredentials {

    private static final String ALGORITHM = "HmacSHA256";

    /**
     * What a browser phone needs.
     *
     * @param webSocket path on this origin
     */
    public record Phone(
            String uri, String userName, String password, String webSocket, Instant expiresAt) {}

    private final Optional<String> secret;

    PhoneCredentials(DesktopConfig config) {
        secret = config.edge().webrtcSecret();
    }

    /**
     * Empty where the edge has no secret for browsers.
     *
     * @param user as which the browser registers
     */
    public Optional<Phone> phone(String user, String sipDomain, Instant expiresAt) {
        var userName = expiresAt.getEpochSecond() + ":" + user;
        return secret.map(
                key ->
                        new Phone(
                                "sip:" + user + "@" + sipDomain,
                                userName,
                                password(key, userName),
                                "/sip",
                                expiresAt));
    }

    static String password(String secret, String userName) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(userName.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", missing);
        }
    }
}
