// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import java.util.function.Function;
import org.panacall.proto.directory.v1.EditRefused;

/**
 * What became of an edit.
 *
 * @param <M> what was edited
 */
public sealed interface Outcome<M> {

    /**
     * It is so now.
     *
     * @param revision of what is kept, or of what was deleted
     */
    record Done<M>(M kept, long revision) implements Outcome<M> {}

    /** Nothing was changed. */
    record Refused<M>(EditRefused why) implements Outcome<M> {}

    /** What is said of it, either way. */
    default <A> A told(Function<Done<M>, A> done, Function<EditRefused, A> refused) {
        return switch (this) {
            case Done<M> is -> done.apply(is);
            case Refused<M>(var why) -> refused.apply(why);
        };
    }
}
