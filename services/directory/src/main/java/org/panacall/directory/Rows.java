// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.Optional;

/** Rows of an answer. */
public final class Rows {

    private Rows() {}

    /** Empty when there is none. */
    public static Optional<Row> first(RowSet<Row> rows) {
        return rows.rowCount() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }
}
