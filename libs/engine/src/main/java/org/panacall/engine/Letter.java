// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One thing for a core to think about, and the answer that is owed for it. */
final class Letter<K, E, F, T> {

    /** What thinking gives; its events and effects go into {@code emitted}. */
    @FunctionalInterface
    interface Thought<K, E, F, T> {
        T think(K core, Instant now, Emitted<E, F> emitted);
    }

    /** Events and effects of a turn, in the order in which they were decided. */
    record Emitted<E, F>(List<E> events, List<F> effects) {
        Emitted() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(Decision<E, F, ?> decision) {
            events.addAll(decision.events());
            effects.addAll(decision.effects());
        }
    }

    private final Thought<K, E, F, T> thought;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final boolean question;
    private T result;

    Letter(Thought<K, E, F, T> thought) {
        this(thought, false);
    }

    private Letter(Thought<K, E, F, T> thought, boolean question) {
        this.thought = thought;
        this.question = question;
    }

    /** A look at the core changes nothing: when it fails, nothing but its answer is lost. */
    static <K, E, F, T> Letter<K, E, F, T> question(Function<? super K, ? extends T> question) {
        return new Letter<>((core, now, emitted) -> question.apply(core), true);
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    void think(K core, Instant now, Emitted<E, F> emitted) {
        try {
            result = thought.think(core, now, emitted);
        } catch (RuntimeException | AssertionError failure) {
            if (!question) throw failure;
            fail(failure);
        }
    }

    /** Gives the answer, once what it rests on is kept. */
    void release() {
        answer.complete(result);
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }
}
