// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.grpc.StatusRuntimeException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every fault as RFC 9457 has it, in one place. */
public class ProblemAnswers {

    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);
    private static final Duration AWAY = Duration.ofSeconds(2);

    /** What is sent. */
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            String hint,
            List<Problem.Mistake> errors) {}

    @ServerExceptionMapper
    public Response problem(Problem problem) {
        var kind = problem.kind();
        var answer =
                Response.status(kind.status())
                        .type("application/problem+json")
                        .entity(
                                new Body(
                                        kind.type(),
                                        kind.title(),
                                        kind.status(),
                                        problem.getMessage(),
                                        kind.hint(),
                                        problem.mistakes().isEmpty() ? null : problem.mistakes()));
        if (kind.status() == 401) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        if (problem.retryAfter() != null) {
            answer.header("Retry-After", Math.max(1, problem.retryAfter().toSeconds()));
        }
        return answer.build();
    }

    /** Another service did not answer as it should. */
    @ServerExceptionMapper
    public Response rpc(StatusRuntimeException fault) {
        return problem(
                switch (fault.getStatus().getCode()) {
                    case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED ->
                            Problem.later(
                                    ProblemKind.SERVICE_AWAY,
                                    "A service behind this one does not answer.",
                                    AWAY);
                    case INVALID_ARGUMENT ->
                            new Problem(
                                    ProblemKind.INVALID_REQUEST,
                                    fault.getStatus().getDescription());
                    default -> {
                        LOG.errorf("another service failed: %s", fault.getStatus().getCode());
                        yield new Problem(ProblemKind.INTERNAL, "A service behind this failed.");
                    }
                });
    }

    @ServerExceptionMapper
    public Response json(JsonProcessingException fault) {
        return problem(
                switch (fault) {
                    case UnrecognizedPropertyException unknown ->
                            Problem.mistake(field(unknown), "is not known here");
                    case JsonMappingException misfit ->
                            Problem.mistake(field(misfit), "has the wrong form");
                    default -> new Problem(ProblemKind.INVALID_REQUEST, "The body is not JSON.");
                });
    }

    /** Named because Quarkus has a mapper of its own for it, which says too little. */
    @ServerExceptionMapper
    public Response misfit(MismatchedInputException fault) {
        return json(fault);
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException fault) {
        if (fault.getCause() instanceof JsonProcessingException json) {
            return json(json);
        }
        var status = fault.getResponse().getStatus();
        return problem(
                switch (status) {
                    case 404 -> new Problem(ProblemKind.NOT_FOUND, "There is nothing here.");
                    case 405 -> new Problem(ProblemKind.METHOD_NOT_ALLOWED, fault.getMessage());
                    case 415 -> new Problem(ProblemKind.UNSUPPORTED_CONTENT, fault.getMessage());
                    default ->
                            status < 500
                                    ? new Problem(ProblemKind.INVALID_REQUEST, fault.getMessage())
                                    : internal(fault);
                });
    }

    @ServerExceptionMapper
    public Response other(RuntimeException fault) {
        return problem(internal(fault));
    }

    private static Problem internal(RuntimeException fault) {
        LOG.errorf(fault, "a request failed");
        return new Problem(ProblemKind.INTERNAL, "Something is wrong on our side.");
    }

    private static String field(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[]" : name(part.getFieldName()))
                .collect(Collectors.joining("."));
    }

    /** What may be anything at all is not sent back. */
    public static String name(String field) {
        return field.matches("[A-Za-z][A-Za-z0-9]{0,31}") ? field : "?";
    }
}
