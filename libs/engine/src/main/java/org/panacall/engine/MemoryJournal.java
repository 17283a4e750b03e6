// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A journal in memory, for tests and simulations. Keeps bytes, so that codecs are exercised too.
 *
 * <p>Safe for several threads, as several leaders may write to one shard.
 */
public final class MemoryJournal<E> implements Journal<E> {

    private final Codec<E> codec;
    private final List<byte[]> messages = new ArrayList<>();
    private boolean away;

    public MemoryJournal(Codec<E> codec) {
        this.codec = codec;
    }

    /** Makes every call fail from now on, or work again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized long append(Turn<E> turn, long expectedLast) {
        failWhenAway();
        if (expectedLast != ANY && expectedLast != messages.size()) {
            throw new EngineFailure.Fenced("another writer appended");
        }
        messages.add(codec.encode(turn));
        return messages.size();
    }

    @Override
    public synchronized long replay(long after, Consumer<Turn<E>> reader) {
        failWhenAway();
        messages.stream().skip(after).map(codec::decode).forEach(reader);
        return messages.size();
    }

    private void failWhenAway() {
        if (away) {
            throw new EngineFailure.JournalUnavailable("the journal is away", null);
        }
    }
}
