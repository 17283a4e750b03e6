// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

import com.google.protobuf.util.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.panacall.proto.reporting.v1.GetLastTalkRequest;
import org.panacall.proto.reporting.v1.GetLastTalkResponse;
import org.panacall.proto.reporting.v1.LastTalk;
import org.panacall.proto.reporting.v1.NobodyTalked;
import org.panacall.reporting.ReportingConfig;

/** Who talked with a number last. Asked for callers who wait, so only so many at once. */
@ApplicationScoped
public class LastTalks {

    private static final int EXCLUDED_MAX = 100;

    /** The newest of one side; each has an index of its own. */
    private static final String NEWEST =
            """
            (select agent_id, agent_extension, talk_started_at from reporting.call
            where tenant_id = $1 and %s = $2 and agent_extension <> ''
            and talk_started_at is not null and started_at >= $3
            and agent_extension <> all($4) order by started_at desc limit 1)
            """;

    private static final String NEWEST_OF_BOTH =
            "select * from ("
                    + NEWEST.formatted("from_number")
                    + " union all "
                    + NEWEST.formatted("to_number")
                    + ") talk order by talk_started_at desc limit 1";

    private final Pool pool;
    private final Semaphore asked;

    LastTalks(Pool pool, ReportingConfig config) {
        this.pool = pool;
        asked = new Semaphore(config.reporting().lookups());
    }

    /** Empty when too many ask at once. */
    public Optional<Uni<GetLastTalkResponse>> find(GetLastTalkRequest request) {
        if (request.getTenantId().isEmpty() || request.getNumber().isEmpty()) {
            throw new IllegalArgumentException("tenant_id or number is missing");
        }
        if (request.getExcludedExtensionsCount() > EXCLUDED_MAX) {
            throw new IllegalArgumentException("at most 100 extensions may be excluded");
        }
        if (!asked.tryAcquire()) {
            return Optional.empty();
        }
        var values =
                Tuple.of(request.getTenantId(), request.getNumber())
                        .addValue(CallFacts.time(request.getSince()))
                        .addArrayOfString(
                                request.getExcludedExtensionsList().toArray(String[]::new));
        return Optional.of(
                pool.preparedQuery(NEWEST_OF_BOTH)
                        .execute(values)
                        .map(
                                rows ->
                                        rows.rowCount() == 0
                                                ? nobody()
                                                : somebody(rows.iterator().next()))
                        .onTermination()
                        .invoke(asked::release));
    }

    private static GetLastTalkResponse nobody() {
        return GetLastTalkResponse.newBuilder()
                .setNobodyTalked(NobodyTalked.getDefaultInstance())
                .build();
    }

    private static GetLastTalkResponse somebody(Row row) {
        var at = row.getOffsetDateTime("talk_started_at").toInstant();
        return GetLastTalkResponse.newBuilder()
                .setTalk(
                        LastTalk.newBuilder()
                                .setAgentId(row.getString("agent_id"))
                                .setAgentExtension(row.getString("agent_extension"))
                                .setTalkStartedAt(Timestamps.fromMillis(at.toEpochMilli())))
                .build();
    }
}
