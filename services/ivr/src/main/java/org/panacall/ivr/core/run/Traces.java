// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.IvrEvent.Fact;
import org.panacall.ivr.core.IvrEvent.FlowFinished;
import org.panacall.ivr.core.IvrEvent.FlowStarted;

/**
 * The live runs of one shard as its journal tells: a fold over what happened, apart from the core,
 * as the journal lags behind it. Used by one thread at a time.
 */
public final class Traces {

    private final Duration forgetAfter;
    private final TreeMap<String, Trace> runs = new TreeMap<>();
    private long epoch;

    /**
     * Something that happened, as the journal has it.
     *
     * @param epoch of whoever wrote it
     * @param starter who goes through the flow, when it is about the beginning
     */
    public record Note(
            String call,
            long sequence,
            Instant at,
            long epoch,
            Fact fact,
            Optional<Caller> starter) {

        /** The same as the journal would give it back. */
        public static Note of(IvrEvent event, long epoch) {
            return new Note(
                    event.caller().call().value(),
                    event.sequence(),
                    event.at(),
                    epoch,
                    event.fact(),
                    Optional.of(event.caller()));
        }
    }

    /**
     * @param forgetAfter longer than any run lasts: one of which the end was lost is forgotten then
     */
    public Traces(Duration forgetAfter) {
        this.forgetAfter = forgetAfter;
    }

    /** Goes on from what was kept. */
    public Traces(Duration forgetAfter, long epoch, Collection<Trace> kept) {
        this(forgetAfter);
        this.epoch = epoch;
        kept.forEach(trace -> runs.put(trace.caller().call().value(), trace));
    }

    public List<Trace> live() {
        return List.copyOf(runs.values());
    }

    /** Newest epoch that was told of. */
    public long epoch() {
        return epoch;
    }

    /** Follows what happened. What an owner wrote after his heir had begun does not count. */
    public void apply(Note note) {
        if (note.epoch() < epoch) {
            return;
        }
        epoch = note.epoch();
        if (note.fact() instanceof FlowStarted started) {
            forgetBefore(note.at().minus(forgetAfter));
            note.starter()
                    .ifPresent(
                            caller ->
                                    runs.put(note.call(), Trace.begun(caller, started, note.at())));
        }
        runs.computeIfPresent(note.call(), (call, trace) -> next(trace, note));
    }

    private static Trace next(Trace trace, Note note) {
        return switch (note.fact()) {
            case FlowFinished _ -> null;
            case FlowStarted _ -> trace;
            default -> trace.after(note.fact(), note.sequence());
        };
    }

    /** Calls are named in order of time, so the eldest come first. */
    private void forgetBefore(Instant limit) {
        while (!runs.isEmpty() && runs.firstEntry().getValue().startedAt().isBefore(limit)) {
            runs.pollFirstEntry();
        }
    }
}
