// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import java.util.List;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityExists;
import org.panacall.proto.directory.v1.EntityReferredTo;
import org.panacall.proto.directory.v1.EntityUnknown;
import org.panacall.proto.directory.v1.MistakesFound;
import org.panacall.proto.directory.v1.RequestKeyReused;
import org.panacall.proto.directory.v1.RevisionStale;

/** Why nothing was changed, in the words of the contract. */
public final class Refusals {

    /** Whoever has so many gets no further by reading the rest. */
    private static final int MISTAKES_MAX = 50;

    private Refusals() {}

    public static <M> Outcome<M> mistakes(List<Flaw> flaws) {
        var found = MistakesFound.newBuilder();
        flaws.stream()
                .limit(MISTAKES_MAX)
                .forEach(
                        flaw ->
                                found.addMistakes(
                                        EditMistake.newBuilder()
                                                .setField(flaw.field())
                                                .setMessage(flaw.message())));
        return refused(EditRefused.newBuilder().setMistakesFound(found));
    }

    public static <M> Outcome<M> stale(long revision) {
        var stale = RevisionStale.newBuilder().setRevision(revision);
        return refused(EditRefused.newBuilder().setRevisionStale(stale));
    }

    public static <M> Outcome<M> unknown() {
        return refused(
                EditRefused.newBuilder().setEntityUnknown(EntityUnknown.getDefaultInstance()));
    }

    public static <M> Outcome<M> referredTo(List<String> references) {
        var found = EntityReferredTo.newBuilder();
        references.stream().limit(MISTAKES_MAX).forEach(found::addReferences);
        return refused(EditRefused.newBuilder().setEntityReferredTo(found));
    }

    public static <M> Outcome<M> exists() {
        return refused(EditRefused.newBuilder().setEntityExists(EntityExists.getDefaultInstance()));
    }

    public static <M> Outcome<M> keyReused() {
        return refused(
                EditRefused.newBuilder()
                        .setRequestKeyReused(RequestKeyReused.getDefaultInstance()));
    }

    private static <M> Outcome<M> refused(EditRefused.Builder why) {
        return new Outcome.Refused<>(why.build());
    }
}
