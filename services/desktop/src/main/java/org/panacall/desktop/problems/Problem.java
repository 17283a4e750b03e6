// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.problems;

import java.time.Duration;
import java.util.List;

/**
 * Why a request was not carried out. The kind says it to programs, the detail to people.
 *
 * <p>Carries no stack trace: it is an answer, not a fault.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One thing wrong with the request. */
    public record Mistake(String field, String message) implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    private final ProblemKind kind;
    private final transient List<Mistake> mistakes;
    private final Duration retryAfter;

    public Problem(ProblemKind kind, String detail) {
        this(kind, detail, List.of(), null);
    }

    private Problem(ProblemKind kind, String detail, List<Mistake> mistakes, Duration retryAfter) {
        super(detail, null, false, false);
        this.kind = kind;
        this.mistakes = List.copyOf(mistakes);
        this.retryAfter = retryAfter;
    }

    /** The request makes no sense in one field. */
    public static Problem mistake(String field, String message) {
        return mistakes(List.of(new Mistake(field, message)));
    }

    /** The request makes no sense. */
    public static Problem mistakes(List<Mistake> mistakes) {
        return new Problem(
                ProblemKind.INVALID_REQUEST, "The request has mistakes.", mistakes, null);
    }

    /** Not possible because of these. */
    public static Problem because(ProblemKind kind, String detail, List<Mistake> reasons) {
        return new Problem(kind, detail, reasons, null);
    }

    /** Not now; after a while. */
    public static Problem later(ProblemKind kind, String detail, Duration retryAfter) {
        return new Problem(kind, detail, List.of(), retryAfter);
    }

    public ProblemKind kind() {
        return kind;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /** Null when trying again makes no difference. */
    Duration retryAfter() {
        return retryAfter;
    }
}
