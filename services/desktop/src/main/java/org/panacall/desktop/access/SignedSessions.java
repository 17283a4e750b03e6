// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.panacall.defaults.DefaultsConfig;
import org.panacall.desktop.DesktopConfig;

/** Session tokens: JWTs signed by HMAC-SHA256, so that no instance has to remember sessions. */
@ApplicationScoped
public class SignedSessions {

    private static final String ISSUER = "panacall-desktop";
    private static final int SECRET_BYTES = 32;

    private final HmacKey key;
    private final JwtConsumer verifier;

    SignedSessions(DesktopConfig config, DefaultsConfig defaults) {
        var secret =
                config.desktop()
                        .sessionSecret()
                        .orElseGet(() -> kept(defaults.dataDirectory().resolve("session-secret")));
        key = new HmacKey(sha256(secret));
        verifier =
                new JwtConsumerBuilder()
                        .setRequireExpirationTime()
                        .setExpectedIssuer(ISSUER)
                        .setVerificationKey(key)
                        .setJwsAlgorithmConstraints(
                                new AlgorithmConstraints(
                                        AlgorithmConstraints.ConstraintType.PERMIT,
                                        AlgorithmIdentifiers.HMAC_SHA256))
                        .build();
    }

    /** A token for a person, good until then. */
    public String sign(Caller caller, Instant expiresAt) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(caller.id());
        claims.setExpirationTime(NumericDate.fromMilliseconds(expiresAt.toEpochMilli()));
        claims.setStringClaim("tenant", caller.tenantId());
        claims.setStringClaim("extension", caller.extension());
        claims.setStringClaim("name", caller.name());
        claims.setStringListClaim("roles", caller.roles());
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException missing) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", missing);
        }
    }

    /** A session that is being used. */
    public record SignedIn(Caller caller, Instant expiresAt) {}

    /** Empty when it is none of ours, was changed, or is over. */
    public Optional<SignedIn> verify(String token) {
        try {
            var claims = verifier.processToClaims(token);
            var caller =
                    new Caller(
                            claims.getStringClaimValue("tenant"),
                            claims.getSubject(),
                            claims.getStringClaimValue("extension"),
                            claims.getStringClaimValue("name"),
                            claims.getStringListClaimValue("roles"));
            var expiresAt = Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis());
            return Optional.of(new SignedIn(caller, expiresAt));
        } catch (InvalidJwtException | MalformedClaimException refused) {
            return Optional.empty();
        }
    }

    private static String kept(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException first) {
            return made(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String made(Path file) {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        var secret = HexFormat.of().formatHex(bytes);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, secret);
            return secret;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
