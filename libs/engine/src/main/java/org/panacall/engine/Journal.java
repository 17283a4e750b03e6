// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.util.function.Consumer;

/**
 * The ordered, durable turns of one shard. What is in it has happened; nothing else has.
 *
 * <p>Used by one thread at a time. Calls block for a bounded time and then throw {@link
 * EngineFailure.JournalUnavailable}, in which case the turn may or may not have been kept.
 */
public interface Journal<E> {

    /** In place of an expected sequence: append after whatever is there. */
    long ANY = -1;

    /**
     * Appends a turn as one message and returns its sequence once it is durable.
     *
     * @param expectedLast sequence of the shard's last message as the writer knows it, 0 for none
     * @throws EngineFailure.Fenced when another writer appended since
     */
    long append(Turn<E> turn, long expectedLast);

    /**
     * Hands over the turns after a sequence, oldest first, up to those kept when the call began.
     * Returns the last sequence of the shard, 0 when it has none.
     */
    long replay(long after, Consumer<Turn<E>> reader);
}
