// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.directory.configuration.Definitions;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Strategy;

/** This release and the one before it on one database, each writing what the other reads. */
class TwoReleasesTest {

    /** As the release before writes them: values in the order of its columns. */
    private static final String OLD_QUEUE =
            "insert into directory.queue values ('t', '%s', 0, 'Registry', '601', 'longest-idle',"
                    + " 1500, 30000, 400, 'music/waiting', '{\"103\",\"104\"}')";

    private static final String OLD_PERSON =
            "insert into directory.person values ('%s', 't', '%1$s', '103', 'Maria', '{agent}',"
                    + " true, 7000, 'hash', null)";

    private EmbeddedPostgres postgres;
    private Connection database;

    @BeforeEach
    void startBefore() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        database = postgres.getPostgresDatabase().getConnection();
        migrateTo("1");
        run(
                "insert into directory.tenant values"
                        + " ('t', 'T', 't.test', 'UTC', 'en', 'RU', '', null)");
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        database.close();
        postgres.close();
    }

    @Test
    void whatWasThereIsKeptInTheNewForm() throws SQLException {
        // Given
        run(OLD_QUEUE.formatted("registry"));
        run(OLD_PERSON.formatted("agent_103"));

        // When
        migrateTo("2");

        // Then
        assertEquals(registry(), queue("registry"));
        assertEquals(7_000, wrapUpMs("agent_103"));
    }

    @Test
    void whatTheReleaseBeforeWritesIsReadByThisOne() throws SQLException {
        // Given
        migrateTo("2");
        run("update directory.configuration set version = 42");

        // When
        run(OLD_QUEUE.formatted("registry"));
        run(OLD_PERSON.formatted("agent_103"));

        // Then
        assertEquals(registry(), queue("registry"));
        assertEquals(7_000, wrapUpMs("agent_103"));
        assertEquals(42, one("select revision from directory.queue").getLong(1));
    }

    @Test
    void whatThisReleaseWritesIsReadByTheOneBefore() throws SQLException {
        // Given
        migrateTo("2");
        var queue = registry().toBuilder().setOfferTimeout(Durations.fromMillis(20_250)).build();
        try (var insert =
                database.prepareStatement(
                        "insert into directory.queue (tenant_id, queue_id, position, definition)"
                                + " values ('t', 'registry', 0, ?)")) {
            // When
            insert.setString(1, Definitions.of(queue));
            insert.executeUpdate();
        }

        // Then
        var old = one("select * from directory.queue");
        assertEquals("Registry", old.getString("name"));
        assertEquals("601", old.getString("extension"));
        assertEquals("longest-idle", old.getString("strategy"));
        assertEquals(20_250, old.getLong("offer_timeout_ms"));
        assertEquals(400, old.getInt("capacity"));
        assertEquals(
                List.of("103", "104"),
                List.of((String[]) old.getArray("agent_extensions").getArray()));
    }

    @Test
    void aFieldOfANewerReleaseIsPassedOver() {
        // When
        var queue =
                Definitions.queue(
                        "registry",
                        "{\"name\":\"Registry\",\"later\":{\"x\":1},"
                                + "\"strategy\":\"STRATEGY_NEW\"}");

        // Then
        assertEquals("Registry", queue.getName());
        assertEquals(Strategy.STRATEGY_UNSPECIFIED, queue.getStrategy());
    }

    private void migrateTo(String version) {
        var done =
                Flyway.configure()
                        .dataSource(postgres.getPostgresDatabase())
                        .schemas("directory")
                        .target(version)
                        .load()
                        .migrate();
        assertTrue(done.success);
    }

    private Queue queue(String id) throws SQLException {
        var row = one("select definition from directory.queue where queue_id = '" + id + "'");
        return Definitions.queue(id, row.getString(1));
    }

    private long wrapUpMs(String id) throws SQLException {
        var row = one("select settings from directory.person where person_id = '" + id + "'");
        return Durations.toMillis(Definitions.person(id, row.getString(1)).getWrapUp());
    }

    private void run(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private ResultSet one(String sql) throws SQLException {
        var rows = database.createStatement().executeQuery(sql);
        assertTrue(rows.next(), sql);
        return rows;
    }

    private static Queue registry() {
        return Queue.newBuilder()
                .setQueueId("registry")
                .setName("Registry")
                .setExtension("601")
                .setStrategy(Strategy.STRATEGY_LONGEST_IDLE)
                .setOfferTimeout(Durations.fromMillis(1_500))
                .setReofferAfter(Durations.fromSeconds(30))
                .setCapacity(400)
                .setMusicPromptId("music/waiting")
                .addAgentExtensions("103")
                .addAgentExtensions("104")
                .build();
    }
}
