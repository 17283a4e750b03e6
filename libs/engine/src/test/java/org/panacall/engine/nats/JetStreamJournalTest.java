// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.PurgeOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.panacall.engine.EngineFailure;
import org.panacall.engine.Journal;
import org.panacall.engine.JournalContract;
import org.panacall.engine.Ledger;
import org.panacall.engine.Ledger.Added;
import org.panacall.engine.Turn;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

/** Against a real server: the same contract as in memory, and what only a server can do to us. */
class JetStreamJournalTest implements JournalContract {

    private static final StreamSettings STREAM = StreamSettings.of("test");
    private static final AtomicInteger SHARDS = new AtomicInteger();
    private static NatsServer server;
    private static NatsLink link;

    @BeforeAll
    static void start() {
        server = NatsServer.start();
        link = new NatsLink(server.url(), "test", new SimpleMeterRegistry());
        Eventually.isTrue("connected", link::connected);
    }

    @AfterAll
    static void stop() {
        link.close();
        server.close();
    }

    @Override
    public Writers writers() {
        var shard = "shard-" + SHARDS.incrementAndGet();
        return new Writers(journal(shard), journal(shard));
    }

    @Test
    void aShardThatWasQuietForLongerThanTheStreamsAgeGoesOn()
            throws IOException, JetStreamApiException {
        // Given
        var journal = journal("quiet");
        var first = journal.append(JournalContract.turn(1), 0);
        link.require()
                .jetStreamManagement()
                .purgeStream(STREAM.stream(), PurgeOptions.subject(STREAM.subject("quiet")));

        // When
        journal.append(JournalContract.turn(2), first);

        // Then
        assertEquals(List.of(JournalContract.turn(2)), read(journal));
    }

    @Test
    void whatWasAcknowledgedOutlivesTheServersDeathAndTheJournalWorksAgain() {
        // Given
        var journal = journal("killed");
        var first = journal.append(JournalContract.turn(1), 0);
        server.kill();
        assertThrows(
                EngineFailure.JournalUnavailable.class,
                () -> journal.append(JournalContract.turn(2), first));
        Eventually.isTrue("the server is gone", () -> !link.connected());

        // When
        server.restart();
        Eventually.isTrue("connected again", link::connected);

        // Then
        var last = journal.replay(0, turn -> {});
        journal.append(JournalContract.turn(3), last);
        assertEquals(List.of(JournalContract.turn(1), JournalContract.turn(3)), read(journal));
    }

    @Test
    void aLongShardIsReadWhole() {
        // Given
        var journal = journal("long");
        for (int amount = 0; amount < 2_000; amount++) {
            journal.append(JournalContract.turn(amount), Journal.ANY);
        }

        // When
        var read = read(journal);

        // Then
        assertEquals(2_000, read.size());
        assertEquals(JournalContract.turn(1_999), read.getLast());
    }

    private static Journal<Added> journal(String shard) {
        return new JetStreamJournal<>(link, STREAM, shard, Ledger.CODEC);
    }

    private static List<Turn<Added>> read(Journal<Added> journal) {
        var read = new ArrayList<Turn<Added>>();
        journal.replay(0, read::add);
        return read;
    }
}
