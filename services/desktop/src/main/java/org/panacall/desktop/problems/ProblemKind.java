// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.problems;

import java.util.Locale;

/** All kinds of problems: status, title and what to do. The name is the stable type. */
public enum ProblemKind {
    INVALID_REQUEST(400, "Invalid request", "Correct the fields named in errors."),
    NOT_SIGNED_IN(401, "Not signed in", "Send Authorization: Bearer with a session or API token."),
    WRONG_CREDENTIALS(401, "Wrong user name or password", "Check both; mind the keyboard layout."),
    TOO_MANY_ATTEMPTS(429, "Too many attempts", "Wait for the time in Retry-After."),
    NOT_ALLOWED(403, "Not allowed", "Ask somebody who may, or sign in as such."),
    NOT_FOUND(404, "Not found", "Check the identifier; ended calls are in the reports."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "See /api/openapi for what can be done here."),
    UNSUPPORTED_CONTENT(415, "Unsupported content", "Send application/json."),
    AGENT_NOT_AVAILABLE(409, "Agent not available", "Wait until the agent is idle and registered."),
    WRAP_UP_NOT_CHANGED(409, "Wrap-up not changed", "See wrapUpMode and wrapUpUntil of the agent."),
    CALL_NOT_CHANGED(409, "Call not changed", "Look at the call's state and try again."),
    CALLBACK_UNDER_WAY(409, "Callback under way", "Wait: it ends, or is tried again, by itself."),
    CALLBACKS_FULL(409, "Too many callbacks", "Wait for some to end, or let the queue have more."),
    IN_USE(409, "In use", "Change what uses it first; errors name it."),
    ALREADY_THERE(409, "Already there", "Choose another id, or change the one that is there."),
    PRECONDITION_FAILED(412, "Precondition failed", "Read it anew, and change what you get."),
    PRECONDITION_REQUIRED(
            428, "Precondition required", "Send If-Match with the ETag of what you have read."),
    KEY_REUSED(422, "Idempotency key reused", "Use a new Idempotency-Key for another request."),
    SERVICE_AWAY(503, "Service away", "Try again in some seconds."),
    INTERNAL(500, "Internal fault", "Tell the operators the time of the request.");

    private static final String PREFIX = "urn:panacall:problem:";

    private final int status;
    private final String title;
    private final String hint;

    ProblemKind(int status, String title, String hint) {
        this.status = status;
        this.title = title;
        this.hint = hint;
    }

    /** "urn:panacall:problem:not-found". */
    public String type() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    String title() {
        return title;
    }

    String hint() {
        return hint;
    }
}
