// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.grpc;

import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.panacall.defaults.Reply;
import org.panacall.directory.editing.Outcome;
import org.panacall.proto.directory.v1.EditRefused;
import org.panacall.proto.directory.v1.EntityUnknown;

/** What edits and lookups come to, as answers. */
final class Answers {

    private Answers() {}

    static <A> void reply(Uni<A> answer, StreamObserver<A> caller) {
        Reply.later(answer.subscribeAsCompletionStage(), caller);
    }

    /**
     * Answers what became of an edit.
     *
     * @param done fills the answer in when it is so now
     * @param refused fills it in when nothing was changed
     */
    static <M, B, A> void edited(
            Uni<Outcome<M>> edit,
            Function<Outcome.Done<M>, B> done,
            Function<EditRefused, B> refused,
            Supplier<A> answer,
            StreamObserver<A> caller) {
        reply(
                edit.invoke(outcome -> outcome.told(done, refused)).map(told -> answer.get()),
                caller);
    }

    /**
     * Answers what was looked for.
     *
     * @param found fills the answer in with it
     * @param unknown fills it in when there is none
     */
    static <M, B, A> void found(
            Uni<Optional<M>> lookup,
            Function<M, B> found,
            Function<EntityUnknown, B> unknown,
            Supplier<A> answer,
            StreamObserver<A> caller) {
        var none = EntityUnknown.getDefaultInstance();
        reply(
                lookup.invoke(one -> one.map(found).orElseGet(() -> unknown.apply(none)))
                        .map(told -> answer.get()),
                caller);
    }
}
