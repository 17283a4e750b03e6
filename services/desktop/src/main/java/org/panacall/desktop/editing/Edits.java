// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.editing;

import org.panacall.desktop.access.Caller;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.Problem.Mistake;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditRefused;

/** Edits as the directory takes them, and its refusals as problems. */
public final class Edits {

    private static final int KEY_LENGTH_MAX = 255;

    private Edits() {}

    /**
     * @param key null when the client sent none
     */
    public static Edit of(Caller caller, String key, long knownRevision) {
        if (key != null && (key.isBlank() || key.length() > KEY_LENGTH_MAX)) {
            throw Problem.mistake("Idempotency-Key", "must have 1 to 255 characters");
        }
        return Edit.newBuilder()
                .setTenantId(caller.tenantId())
                .setAuthor(caller.id())
                .setRequestKey(key == null ? "" : key)
                .setKnownRevision(knownRevision)
                .build();
    }

    /**
     * @param what "queue"
     * @throws Problem when it was refused
     */
    public static void check(boolean isRefused, EditRefused why, String what) {
        if (isRefused) {
            throw problem(why, what);
        }
    }

    private static Problem problem(EditRefused refused, String what) {
        return switch (refused.getReasonCase()) {
            case MISTAKES_FOUND ->
                    Problem.mistakes(
                            refused.getMistakesFound().getMistakesList().stream()
                                    .map(
                                            one ->
                                                    new Mistake(
                                                            field(one.getField()),
                                                            one.getMessage()))
                                    .toList());
            case REVISION_STALE -> Revisions.stale();
            case ENTITY_UNKNOWN -> unknown(what);
            case ENTITY_REFERRED_TO ->
                    Problem.because(
                            ProblemKind.IN_USE,
                            "Others refer to this " + what + ".",
                            refused.getEntityReferredTo().getReferencesList().stream()
                                    .map(place -> new Mistake(place, "leads here; change it first"))
                                    .toList());
            case ENTITY_EXISTS ->
                    new Problem(ProblemKind.ALREADY_THERE, "Another " + what + " has this id.");
            case REQUEST_KEY_REUSED ->
                    new Problem(ProblemKind.KEY_REUSED, "This key was used for another request.");
            case REASON_NOT_SET -> new Problem(ProblemKind.INTERNAL, "Nobody knows why not.");
        };
    }

    public static Problem unknown(String what) {
        return new Problem(ProblemKind.NOT_FOUND, "There is no such " + what + ".");
    }

    private static String field(String field) {
        return Settings.field(field.replaceFirst("^(queue|person)Id$", "id"));
    }
}
