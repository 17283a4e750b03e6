// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.PurgeOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Engine;
import org.panacall.engine.EngineSettings;
import org.panacall.engine.Ledger;
import org.panacall.engine.Ledger.Added;
import org.panacall.engine.Ledger.Command.Add;
import org.panacall.engine.snapshot.Snapshots;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

class KeyValueSnapshotsTest {

    private static final StreamSettings STREAM = StreamSettings.of("test");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private NatsServer server;
    private NatsLink link;
    private int padding;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        link = new NatsLink(server.url(), "test", registry);
        Eventually.isTrue("connected", link::connected);
    }

    @AfterEach
    void stop() {
        link.close();
        server.close();
    }

    @Test
    void aCoreIsRebuiltFromItsSnapshotAndTheTurnsAfterIt() throws Exception {
        // Given
        add(1, 2, 3);
        Eventually.isTrue("a snapshot is there", () -> snapshots().newest().isPresent());
        var sequence = snapshots().newest().orElseThrow().sequence();
        add(4);
        link.require()
                .jetStreamManagement()
                .purgeStream(
                        STREAM.stream(),
                        PurgeOptions.builder()
                                .subject(STREAM.subject("shard"))
                                .sequence(sequence + 1)
                                .build());

        // When
        var sum = add();

        // Then
        assertEquals(3, sequence);
        assertEquals(10, sum);
    }

    @Test
    void aSnapshotOfAJournalThatWasBegunAnewIsTheBeginning() throws Exception {
        // Given
        add(1, 2, 3);
        Eventually.isTrue("a snapshot is there", () -> snapshots().newest().isPresent());
        link.require().jetStreamManagement().deleteStream(STREAM.stream());
        add(4);

        // When
        var sum = add();

        // Then
        assertEquals(10, sum);
    }

    @Test
    void aSnapshotThatCannotBeReadIsNone() throws Exception {
        // Given
        add(1, 2, 3);
        Eventually.isTrue("a snapshot is there", () -> snapshots().newest().isPresent());

        // When
        link.require().keyValue("TEST_SNAPSHOTS").put("shard", "?");

        // Then
        assertTrue(snapshots().newest().isEmpty());
        assertEquals(6, add());
    }

    @Test
    void aStateThatIsLargerThanAMessageIsKeptInParts() throws Exception {
        // Given
        padding = 3_000_000;
        add(1, 2, 3);
        Eventually.isTrue("a snapshot is there", () -> sequence() == 3);
        add(4, 5, 6);
        Eventually.isTrue("the next one is there", () -> sequence() == 6);
        link.require().jetStreamManagement().purgeStream(STREAM.stream());

        // When
        var sum = add();

        // Then
        assertEquals(21, sum);
    }

    private long sequence() {
        return snapshots().newest().map(Snapshots.Snapshot::sequence).orElse(0L);
    }

    /** Runs an engine over the shard, adds, and tells the sum. */
    private int add(int... amounts) throws Exception {
        var journal = new JetStreamJournal<Added>(link, STREAM, "shard", Ledger.CODEC);
        var settings = EngineSettings.of("test", registry);
        try (var engine =
                Engine.journaled(settings, Ledger::new, journal, snapshots(), effect -> {})) {
            for (var amount : amounts) {
                engine.send(new Add(amount)).get(5, TimeUnit.SECONDS);
            }
            return engine.<Integer>ask(Ledger::sum).get(5, TimeUnit.SECONDS);
        }
    }

    private KeyValueSnapshots<Ledger> snapshots() {
        var form =
                new KeyValueSnapshots.Form<>(
                        ledger -> {
                            var sum = Integer.toString(ledger.sum()) + " ".repeat(padding);
                            return () -> sum.getBytes(StandardCharsets.UTF_8);
                        },
                        KeyValueSnapshotsTest::ledger);
        return new KeyValueSnapshots<>(link, "TEST_SNAPSHOTS", "shard", form, 3);
    }

    private static Ledger ledger(byte[] state) {
        var ledger = new Ledger();
        ledger.apply(
                new Added(Integer.parseInt(new String(state, StandardCharsets.UTF_8).strip())));
        return ledger;
    }
}
