// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.List;

/** Tells a database that is away, where asking again helps, from a fault of ours. */
public final class DatabaseAway {

    /** Connection lost, resources exhausted, operator intervention: classes of SQLSTATE. */
    private static final List<String> PASSING = List.of("08", "53", "57");

    private DatabaseAway() {}

    /** The failure as callers are to understand it. */
    public static Throwable explained(Throwable failure) {
        var passes =
                switch (failure) {
                    case PgException told ->
                            PASSING.stream().anyMatch(told.getSqlState()::startsWith);
                    case VertxException lost -> true;
                    case TimeoutException late -> true;
                    default -> false;
                };
        return passes ? new IOException("the database is away", failure) : failure;
    }
}
