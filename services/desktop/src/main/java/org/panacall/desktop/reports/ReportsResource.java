// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.reports;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.panacall.desktop.Page;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.Problem.Mistake;
import org.panacall.proto.call.v1.Direction;
import org.panacall.proto.call.v1.Fault;
import org.panacall.proto.reporting.v1.ListCallRecordsRequest;

/** What became of calls. */
@Path("/api/v1/reports")
@RunOnVirtualThread
public class ReportsResource {

    private static final int LIMIT_MAX = 200;

    /** Filters; absent ones let everything through. */
    public static class Filters {
        /** Started at or after, ISO 8601 with zone. */
        @QueryParam("from")
        String from;

        /** Started before, ISO 8601 with zone. */
        @QueryParam("to")
        String to;

        @QueryParam("queue")
        String queue;

        /** Extension or id of who talked. */
        @QueryParam("agent")
        String agent;

        /** Digits that either number contains. */
        @QueryParam("number")
        String number;

        @QueryParam("endReason")
        String endReason;

        /** none, caller, agent, carrier, us or unknown. */
        @QueryParam("fault")
        String fault;

        /** inbound or outbound. */
        @QueryParam("direction")
        String direction;

        /** Whether two people talked. */
        @QueryParam("answered")
        Boolean answered;

        /** Whether the call is over. */
        @QueryParam("ended")
        Boolean ended;

        /** 1 to 200; 50 when absent. */
        @QueryParam("limit")
        Integer limit;

        @QueryParam("cursor")
        String cursor;
    }

    private final Access access;
    private final ReportingClient reporting;
    private final DirectoryClient directory;

    ReportsResource(Access access, ReportingClient reporting, DirectoryClient directory) {
        this.access = access;
        this.reporting = reporting;
        this.directory = directory;
    }

    /** Calls, the newest first. Agents see their own, with masked numbers. */
    @GET
    @Path("/calls")
    public Page<CallReport> calls(@BeanParam Filters filters, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var answer = reporting.list(request(filters, caller));
        return new Page<>(
                answer.getRecordsList().stream()
                        .map(record -> CallReport.of(record, caller))
                        .toList(),
                Wire.text(answer.getNextCursor()));
    }

    private ListCallRecordsRequest request(Filters filters, Caller caller) {
        var mistakes = new ArrayList<Mistake>();
        var request = ListCallRecordsRequest.newBuilder().setTenantId(caller.tenantId());
        given(filters.from, from -> request.setFrom(Wire.timestamp(time("from", from, mistakes))));
        given(filters.to, to -> request.setTo(Wire.timestamp(time("to", to, mistakes))));
        given(filters.queue, request::setQueueId);
        given(filters.agent, agent -> request.setAgentId(agentId(caller, agent)));
        given(filters.number, number -> request.setNumberContains(number.replace(' ', '+')));
        given(filters.endReason, request::setEndReason);
        given(filters.fault, fault -> request.setFault(fault(fault, mistakes)));
        given(filters.direction, way -> request.setDirection(direction(way, mistakes)));
        given(filters.answered, request::setTalked);
        given(filters.ended, request::setEndedOnly);
        given(filters.cursor, request::setCursor);
        if (filters.limit != null && (filters.limit < 1 || filters.limit > LIMIT_MAX)) {
            mistakes.add(new Mistake("limit", "must be between 1 and " + LIMIT_MAX));
        }
        if (!mistakes.isEmpty()) {
            throw Problem.mistakes(mistakes);
        }
        given(filters.limit, request::setPageSize);
        if (!caller.seesAll()) {
            request.setAgentId(caller.id());
        }
        return request.build();
    }

    /** A person who left the clinic is still known by id. */
    private String agentId(Caller caller, String agent) {
        return directory
                .person(caller.tenantId(), agent)
                .map(org.panacall.proto.directory.v1.Person::getPersonId)
                .orElse(agent);
    }

    private static <T> void given(T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }

    private static java.time.Instant time(String field, String text, List<Mistake> mistakes) {
        try {
            // A plus sign in a query is a space to many clients.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException wrong) {
            mistakes.add(new Mistake(field, "must be like 2026-01-31T09:00:00+03:00"));
            return java.time.Instant.EPOCH;
        }
    }

    private static Fault fault(String word, List<Mistake> mistakes) {
        var fault = Wire.fault(word);
        if (fault == Fault.UNRECOGNIZED) {
            mistakes.add(
                    new Mistake("fault", "must be none, caller, agent, carrier, us or unknown"));
            return Fault.FAULT_UNSPECIFIED;
        }
        return fault;
    }

    private static Direction direction(String word, List<Mistake> mistakes) {
        return switch (word) {
            case "inbound" -> Direction.DIRECTION_INBOUND;
            case "outbound" -> Direction.DIRECTION_OUTBOUND;
            default -> {
                mistakes.add(new Mistake("direction", "must be inbound or outbound"));
                yield Direction.DIRECTION_UNSPECIFIED;
            }
        };
    }
}
