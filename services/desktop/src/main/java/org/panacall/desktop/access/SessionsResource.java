// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.panacall.desktop.DesktopConfig;
import org.panacall.desktop.access.PhoneCredentials.Phone;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.SignInRequest;
import org.panacall.proto.directory.v1.SignInResponse;

/** Signing in. */
@Path("/api/v1")
@RunOnVirtualThread
public class SessionsResource {

    /**
     * Who wants to sign in.
     *
     * @param userName extension, or the name of a person without one
     * @param domain SIP domain; may be absent where there is one tenant only
     */
    public record SignIn(String userName, String password, String domain) {}

    /** Who is signed in. */
    public record Person(
            String id,
            String extension,
            String name,
            List<String> roles,
            String tenant,
            String tenantName,
            String language) {}

    /** A session. The token goes into Authorization: Bearer. */
    public record Opened(String token, Instant expiresAt, Person person, Phone phone) {}

    private final DirectoryClient directory;
    private final SignedSessions sessions;
    private final PhoneCredentials phones;
    private final Access access;
    private final Duration lifetime;
    private final Clock clock = Clock.systemUTC();

    SessionsResource(
            DirectoryClient directory,
            SignedSessions sessions,
            PhoneCredentials phones,
            Access access,
            DesktopConfig config) {
        this.directory = directory;
        this.sessions = sessions;
        this.phones = phones;
        this.access = access;
        lifetime = config.desktop().sessionLifetime();
    }

    /** Signs in by extension and password. */
    @POST
    @Path("/sessions")
    @ResponseStatus(201)
    public Opened signIn(SignIn request, @Context HttpServerRequest http) {
        if (request == null || request.userName == null || request.password == null) {
            throw Problem.mistake("userName, password", "are both needed");
        }
        var tenant =
                directory
                        .tenantOf(request.domain)
                        .orElseThrow(
                                () -> Problem.mistake("domain", "must be a clinic's SIP domain"));
        var answer =
                directory.signIn(
                        SignInRequest.newBuilder()
                                .setTenantId(tenant.getTenantId())
                                .setUserName(request.userName)
                                .setPassword(request.password)
                                .setClientAddress(http.remoteAddress().host())
                                .build());
        var caller = signedIn(answer);
        var expiresAt = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        var phone =
                browser(caller)
                        .flatMap(user -> phones.phone(user, tenant.getSipDomain(), expiresAt))
                        .orElse(null);
        return new Opened(sessions.sign(caller, expiresAt), expiresAt, person(caller), phone);
    }

    /**
     * The SIP user of his browser: the one that his devices name, lest it take the place of the
     * phone on his desk; else his extension. Empty for people without one.
     */
    private Optional<String> browser(Caller caller) {
        return directory.person(caller.tenantId(), caller.id()).stream()
                .flatMap(person -> person.getDevicesList().stream())
                .filter(device -> device.getKind() == DeviceKind.DEVICE_KIND_BROWSER)
                .map(Device::getAddress)
                .findFirst()
                .or(() -> Optional.of(caller.extension()))
                .filter(user -> !user.isEmpty());
    }

    /** Who the token belongs to. */
    @GET
    @Path("/session")
    public Person session(@Context HttpHeaders headers) {
        return person(access.caller(headers));
    }

    private Person person(Caller caller) {
        var tenant = directory.tenant(caller.tenantId());
        return new Person(
                caller.id(),
                caller.extension().isEmpty() ? null : caller.extension(),
                caller.name(),
                caller.roles(),
                caller.tenantId(),
                tenant.getName(),
                tenant.getLanguage());
    }

    private static Caller signedIn(SignInResponse answer) {
        return switch (answer.getOutcomeCase()) {
            case SIGNED_IN -> {
                var person = answer.getSignedIn();
                yield new Caller(
                        person.getTenantId(),
                        person.getPersonId(),
                        person.getExtension(),
                        person.getName(),
                        person.getRolesList());
            }
            case TOO_MANY_ATTEMPTS ->
                    throw Problem.later(
                            ProblemKind.TOO_MANY_ATTEMPTS,
                            "The password was wrong too often.",
                            Duration.ofSeconds(
                                    answer.getTooManyAttempts().getRetryAfter().getSeconds() + 1));
            case WRONG_CREDENTIALS, OUTCOME_NOT_SET ->
                    throw new Problem(
                            ProblemKind.WRONG_CREDENTIALS, "User name or password is wrong.");
        };
    }
}
