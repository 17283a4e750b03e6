// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.editing;

import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;

/**
 * Revisions as entity tags. The tag is that of the configuration alone: figures that stand beside
 * it change all the time and nobody edits them.
 */
public final class Revisions {

    /** Whichever there is. */
    public static final long ANY = 0;

    private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");
    private static final Pattern OTHER = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{0,100}\"");

    private Revisions() {}

    private static String tag(long revision) {
        return "\"" + revision + "\"";
    }

    /** The revision that the client has seen; a problem when it does not say. */
    public static long required(String ifMatch) {
        if (ifMatch == null) {
            throw new Problem(
                    ProblemKind.PRECONDITION_REQUIRED, "The request says of no revision.");
        }
        return optional(ifMatch);
    }

    /** The revision that the client has seen; any when it does not say. */
    public static long optional(String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return ANY;
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (tag.matches()) {
            return Long.parseLong(tag.group(1));
        }
        if (OTHER.matcher(ifMatch.strip()).matches()) {
            throw stale();
        }
        throw Problem.mistake("If-Match", "must be one entity tag, or *");
    }

    /**
     * The revision that a change made of what is present may be written over: that one, when the
     * client names none, and nothing later.
     */
    public static long base(long seen, long present) {
        return seen == ANY ? present : seen;
    }

    /** An answer with the tag of what it shows. */
    public static <T> RestResponse.ResponseBuilder<T> tagged(T view, long revision) {
        return RestResponse.ResponseBuilder.ok(view).header("ETag", tag(revision));
    }

    /** Somebody else was faster. */
    public static Problem stale() {
        return new Problem(ProblemKind.PRECONDITION_FAILED, "It was changed by somebody else.");
    }
}
