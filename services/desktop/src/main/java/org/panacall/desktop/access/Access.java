// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.panacall.desktop.DesktopConfig;
import org.panacall.desktop.access.SignedSessions.SignedIn;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;

/**
 * Finds out who asks. Every resource begins with it, because nothing can be answered without the
 * caller's tenant. May block.
 */
@ApplicationScoped
public class Access {

    private static final String BEARER = "Bearer ";
    private static final int TOKENS_MAX = 1_000;
    private static final int TOKEN_LENGTH_MAX = 4_096;

    private record Remembered(Optional<Caller> caller, Instant until) {}

    private final SignedSessions sessions;
    private final DirectoryClient directory;
    private final Duration memory;
    private final Clock clock = Clock.systemUTC();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Remembered> tokens =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                    return size() > TOKENS_MAX;
                }
            };

    Access(SignedSessions sessions, DirectoryClient directory, DesktopConfig config) {
        this.sessions = sessions;
        this.directory = directory;
        memory = config.desktop().tokenMemory();
    }

    /** Who asks; a problem when nobody we know. */
    public Caller caller(HttpHeaders headers) {
        var shown = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (shown == null || !shown.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Problem(ProblemKind.NOT_SIGNED_IN, "There is no bearer token.");
        }
        return session(shown.substring(BEARER.length()).strip())
                .map(SignedIn::caller)
                .orElseThrow(
                        () ->
                                new Problem(
                                        ProblemKind.NOT_SIGNED_IN,
                                        "The token is not known or its time is over."));
    }

    /** Like {@link #caller}, for people and systems that may see all. */
    public Caller overseer(HttpHeaders headers) {
        var caller = caller(headers);
        if (!caller.seesAll()) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "This is for supervisors.");
        }
        return caller;
    }

    /** Like {@link #caller}, for those who change configuration. */
    public Caller administrator(HttpHeaders headers) {
        var caller = caller(headers);
        if (!caller.administers()) {
            throw new Problem(ProblemKind.NOT_ALLOWED, "This is for administrators.");
        }
        return caller;
    }

    /** Whose token it is and until when; an API token's is asked again after a while. */
    public Optional<SignedIn> session(String token) {
        if (token.length() > TOKEN_LENGTH_MAX) {
            return Optional.empty();
        }
        // Ours have three parts (RFC 7519); API tokens never do.
        return token.chars().filter(c -> c == '.').count() == 2
                ? sessions.verify(token)
                : system(token).map(caller -> new SignedIn(caller, Instant.MAX));
    }

    private Optional<Caller> system(String token) {
        var now = clock.instant();
        lock.lock();
        try {
            var known = tokens.get(token);
            if (known != null && known.until.isAfter(now)) {
                return known.caller;
            }
        } finally {
            lock.unlock();
        }
        var caller =
                directory
                        .token(token)
                        .map(
                                valid ->
                                        new Caller(
                                                valid.getTenantId(),
                                                valid.getTokenName(),
                                                "",
                                                valid.getTokenName(),
                                                valid.getRolesList()));
        lock.lock();
        try {
            tokens.remove(token);
            tokens.put(token, new Remembered(caller, now.plus(memory)));
        } finally {
            lock.unlock();
        }
        return caller;
    }
}
