// SPDX-License-Identifier: Apache-2.0
package org.panacall.recordings.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Statements in transactions. A database that is away is an UncheckedIOException. Blocks. */
@ApplicationScoped
class Database {

    /** Connection lost, resources exhausted, operator intervention: classes of SQLSTATE. */
    private static final List<String> PASSING = List.of("08", "53", "57");

    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** Something to be done, all or nothing. */
    interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    /** Makes something of a row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> T transaction(Work<T> work) {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException fault) {
                connection.rollback();
                throw fault;
            }
        } catch (SQLException fault) {
            throw explained(fault);
        }
    }

    <T> List<T> rows(String sql, Reading<T> reading, Object... values) {
        return transaction(tx -> rows(tx, sql, reading, values));
    }

    static <T> List<T> rows(Connection tx, String sql, Reading<T> reading, Object... values)
            throws SQLException {
        try (var statement = tx.prepareStatement(sql)) {
            set(statement, values);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
            return found;
        }
    }

    static int change(Connection tx, String sql, Object... values) throws SQLException {
        try (var statement = tx.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            var value = values[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : values[i];
            statement.setObject(i + 1, value);
        }
    }

    private static RuntimeException explained(SQLException fault) {
        var state = fault.getSQLState();
        boolean passes = state == null || PASSING.stream().anyMatch(state::startsWith);
        return passes
                ? new UncheckedIOException(new IOException("the database is away", fault))
                : new IllegalStateException("SQLSTATE " + state, fault);
    }
}
