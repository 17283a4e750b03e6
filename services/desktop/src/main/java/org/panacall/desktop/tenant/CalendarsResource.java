// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.tenant;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.panacall.calendar.reading.CalendarReader;
import org.panacall.desktop.Moments;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.SpecialDays;

/** What calendars say of a moment. They are edited with the settings. */
@Path("/api/v1/calendars")
@RunOnVirtualThread
public class CalendarsResource {

    private final Access access;
    private final DirectoryClient directory;

    CalendarsResource(Access access, DirectoryClient directory) {
        this.access = access;
        this.directory = directory;
    }

    /**
     * A moment.
     *
     * @param at by the calendar's own clocks
     * @param specialDay name of the exception that covers the day; absent on ordinary days
     * @param changesAt when it opens or closes next; absent when it does not within a year
     */
    public record MomentView(
            OffsetDateTime at, boolean open, String specialDay, OffsetDateTime changesAt) {}

    /** Whether it is open then: "what will happen on 9 January at 10:05". */
    @GET
    @Path("/{calendar}/preview")
    public MomentView preview(
            String calendar, @QueryParam("at") String at, @Context HttpHeaders headers) {
        var tenant = directory.tenant(access.caller(headers).tenantId());
        var kept =
                tenant.getCalendarsList().stream()
                        .filter(one -> one.getCalendarId().equals(calendar))
                        .findFirst()
                        .orElseThrow(() -> Edits.unknown("calendar"));
        var read = CalendarReader.read(kept, tenant.getTimeZone());
        var moment = at == null ? Instant.now() : Moments.read("at", at, read.zone());
        var local = moment.atZone(read.zone());
        return new MomentView(
                local.toOffsetDateTime(),
                read.open(moment),
                specialDay(kept, local.toLocalDate()),
                read.changesAfter(moment)
                        .map(change -> change.atZone(read.zone()).toOffsetDateTime())
                        .orElse(null));
    }

    private static String specialDay(Calendar calendar, LocalDate day) {
        return calendar.getSpecialDaysList().stream()
                .filter(days -> covers(days, day))
                .map(SpecialDays::getName)
                .findFirst()
                .orElse(null);
    }

    private static boolean covers(SpecialDays days, LocalDate day) {
        var first = LocalDate.parse(days.getFirstDay());
        var last = days.getLastDay().isEmpty() ? first : LocalDate.parse(days.getLastDay());
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
