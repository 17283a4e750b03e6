// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.nats;

import java.util.function.Consumer;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;
import org.panacall.engine.snapshot.Snapshots;
import org.panacall.ivr.core.IvrEvent;
import org.panacall.ivr.core.run.Traces;

/**
 * A shard's journal that follows what it is given, and keeps snapshots of it for heirs. Used by the
 * thread that writes checkpoints.
 */
public final class TracedJournal implements Journal<IvrEvent> {

    private final Journal<IvrEvent> journal;
    private final Traces traces;
    private final Snapshots<Traces> snapshots;
    private final long epoch;

    /**
     * @param traces as of the last turn in the journal
     * @param epoch of whoever writes
     */
    public TracedJournal(
            Journal<IvrEvent> journal, Traces traces, Snapshots<Traces> snapshots, long epoch) {
        this.journal = journal;
        this.traces = traces;
        this.snapshots = snapshots;
        this.epoch = epoch;
    }

    @Override
    public long append(Turn<IvrEvent> turn, long expectedLast) {
        var sequence = journal.append(turn, expectedLast);
        turn.events().forEach(event -> traces.apply(Traces.Note.of(event, epoch)));
        snapshots.turnKept(traces, sequence, turn.at());
        return sequence;
    }

    @Override
    public long replay(long after, Consumer<Turn<IvrEvent>> reader) {
        return journal.replay(after, reader);
    }
}
