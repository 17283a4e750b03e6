// SPDX-License-Identifier: Apache-2.0
package org.panacall.reporting.calls;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;

/**
 * A request for a page as a statement. Pages go by start and call id, so that calls which begin
 * between two pages move nothing; one row more than a page tells whether there is another.
 */
final class CallQuery {

    /**
     * Whether a call is the one that counts of those that one INVITE began: an answered one always,
     * else the last, by the time that is in its id. Of two that run beside each other the older one
     * may not have been told of yet, so nothing about it is written down.
     */
    static final String COUNTS =
            """
            (answered_at is not null or invitation = '' or not exists (
                select from reporting.call other
                where other.tenant_id = call.tenant_id and other.invitation = call.invitation
                and other.invitation <> '' and other.call_id <> call.call_id
                and (other.answered_at is not null or other.call_id > call.call_id)
            ))
            """;

    private static final int PAGE_SIZE = 50;
    private static final int PAGE_SIZE_MAX = 200;
    private static final Pattern PART_OF_NUMBER = Pattern.compile("\\+?[0-9*#]{1,15}");

    private final StringBuilder sql =
            new StringBuilder("select *, false as superseded from reporting.call")
                    .append(" where tenant_id = $1 and ")
                    .append(COUNTS);
    private final Tuple values;
    private final int pageSize;

    /**
     * @throws IllegalArgumentException when a filter or the cursor makes no sense
     */
    CallQuery(ListCallRecordsRequest request) {
        if (request.getTenantId().isEmpty()) {
            throw new IllegalArgumentException("tenant_id is missing");
        }
        if (request.getPageSize() > PAGE_SIZE_MAX || request.getPageSize() < 0) {
            throw new IllegalArgumentException("page_size is more than " + PAGE_SIZE_MAX);
        }
        pageSize = request.getPageSize() == 0 ? PAGE_SIZE : request.getPageSize();
        values = Tuple.of(request.getTenantId());
        times(request);
        words(request);
        if (!request.getCursor().isEmpty()) {
            after(request.getCursor());
        }
        sql.append(" order by started_at desc, call_id desc limit ").append(pageSize + 1);
    }

    String sql() {
        return sql.toString();
    }

    Tuple values() {
        return values;
    }

    List<Row> page(List<Row> found) {
        return found.size() > pageSize ? found.subList(0, pageSize) : found;
    }

    /** Where the next page begins; empty when there is none. */
    String next(List<Row> found) {
        if (found.size() <= pageSize) {
            return "";
        }
        var last = found.get(pageSize - 1);
        var place = last.getOffsetDateTime("started_at") + " " + last.getString("call_id");
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private void times(ListCallRecordsRequest request) {
        if (request.hasFrom()) {
            and("started_at >= $n", CallFacts.time(request.getFrom()));
        }
        if (request.hasTo()) {
            and("started_at < $n", CallFacts.time(request.getTo()));
        }
        if (request.hasTalked()) {
            sql.append(" and talk_started_at is ")
                    .append(request.getTalked() ? "not null" : "null");
        }
        if (request.getEndedOnly()) {
            sql.append(" and ended_at is not null");
        }
    }

    private void words(ListCallRecordsRequest request) {
        equal("queue_id", request.getQueueId());
        equal("agent_id", request.getAgentId());
        equal("end_reason", request.getEndReason());
        if (request.getFault() != Fault.FAULT_UNSPECIFIED) {
            equal("end_fault", Words.of(request.getFault()));
        }
        if (request.getDirection() != Direction.DIRECTION_UNSPECIFIED) {
            equal("direction", Words.of(request.getDirection()));
        }
        var part = request.getNumberContains();
        if (!part.isEmpty()) {
            if (!PART_OF_NUMBER.matcher(part).matches()) {
                throw new IllegalArgumentException("number_contains must be 1 to 15 digits");
            }
            and("(from_number like $n or to_number like $n)", "%" + part + "%");
        }
    }

    private void after(String cursor) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            var place = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
            and("(started_at, call_id) < ($n, $m)", OffsetDateTime.parse(place[0]));
            values.addValue(place[1]);
        } catch (DateTimeException | ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException("cursor is not one of ours", e);
        }
    }

    private void equal(String column, String value) {
        if (!value.isEmpty()) {
            and(column + " = $n", value);
        }
    }

    private void and(String condition, Object value) {
        values.addValue(value);
        sql.append(" and ")
                .append(
                        condition
                                .replace("$n", "$" + values.size())
                                .replace("$m", "$" + (values.size() + 1)));
    }
}
