// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.clinic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.defaults.words.MenuWords;
import org.panacall.flow.document.FlowDocument;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.IvrEvent.Fact;
import org.panacall.ivr.core.Limits;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Listening;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.rehearsal.Rehearsal;
import org.panacall.ivr.core.rehearsal.Rehearsal.Happened;
import org.panacall.ivr.core.rehearsal.Rehearsal.Heard;
import org.panacall.ivr.core.rehearsal.Rehearsal.Moment;
import org.panacall.ivr.directory.CatalogReader;
import org.panacall.proto.directory.v1.Calendar;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DayHours;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.NumberList;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.SpecialDays;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.WeeklyHours;

/** A clinic in Moscow and on the Ural whose flows are the documents in {@code src/test/flows}. */
public final class ExampleClinic {

    public static final Path FLOWS = Path.of("src/test/flows");
    public static final TenantId ID = new TenantId("clinic");

    /** A Friday. */
    static final String WORKDAY = "2026-03-06T11:00";

    public static final String NUMBER = "+74950000100";
    static final String EMERGENCY_NUMBER = "+74950000112";

    static final Limits LIMITS =
            new Limits(
                    10,
                    500,
                    Duration.ofHours(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(10));

    private ExampleClinic() {}

    public static List<Path> documents() {
        try (var files = Files.list(FLOWS)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public static FlowDocument.Read read(Path document) {
        try {
            return FlowDocument.read(Files.readString(document));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public static Tenant tenant() {
        var tenant =
                Tenant.newBuilder()
                        .setTenantId(ID.value())
                        .setLanguage("ru")
                        .setCountry("RU")
                        .setTimeZone("Europe/Moscow")
                        .addCalendars(calendar("main", ""))
                        .addCalendars(calendar("ural", "Asia/Yekaterinburg"))
                        .addNumberLists(list("blacklist", "+79160000066"))
                        .addNumberLists(list("vip", "+79160000001"))
                        .addNumberLists(list("cardiology", "+7916555*"))
                        .addNumbers(Number.newBuilder().setNumber(NUMBER).setFlowId("main-menu"))
                        .addNumbers(
                                Number.newBuilder()
                                        .setNumber(EMERGENCY_NUMBER)
                                        .setFlowId("emergency")
                                        .putVariables("emergency", "true"))
                        .addPeople(Person.newBuilder().setExtension("103"))
                        .addPeople(Person.newBuilder().setExtension("104"));
        for (var queue : List.of("registry", "paid", "cardiology", "ural")) {
            tenant.addQueues(Queue.newBuilder().setQueueId(queue));
        }
        documents().forEach(file -> tenant.addFlows(read(file).flow()));
        return tenant.build();
    }

    private static Calendar calendar(String id, String zone) {
        var weekdays = WeeklyHours.newBuilder().setHours(hours("08:00", "20:00"));
        for (int day = 1; day <= 6; day++) {
            weekdays.addDays(day);
        }
        return Calendar.newBuilder()
                .setCalendarId(id)
                .setTimeZone(zone)
                .addOpen(weekdays)
                .addSpecialDays(
                        SpecialDays.newBuilder()
                                .setName("Новый год")
                                .setFirstDay("2026-01-01")
                                .setLastDay("2026-01-09"))
                .build();
    }

    private static DayHours hours(String from, String until) {
        return DayHours.newBuilder().setFrom(from).setUntil(until).build();
    }

    private static NumberList list(String id, String... numbers) {
        return NumberList.newBuilder()
                .setListId(id)
                .setName(id)
                .addAllNumbers(List.of(numbers))
                .build();
    }

    /** The catalog as ivr makes it of the tenant. */
    public static Catalog.Tenant catalog(Tenant tenant) {
        return CatalogReader.read(Configuration.newBuilder().addTenants(tenant).build())
                .tenant(ID)
                .orElseThrow();
    }

    /** Somebody who rings the clinic. */
    public static Caller caller(String number, String dialled) {
        return new Caller(
                new CallId("call_1"),
                new LegId("leg_1"),
                ID,
                new Caller.Numbers(number, dialled),
                new Caller.Origin("run_1", "127.0.0.1:9010", ""));
    }

    /** A way through a flow. */
    static final class Way {

        private final String flow;
        private String number = "+79160000002";
        private String dialled = NUMBER;
        private String at = WORKDAY;
        private final Map<String, Outcome> outcomes = new TreeMap<>();
        private List<Moment> moments = List.of();

        private Way(String flow) {
            this.flow = flow;
        }

        static Way through(String flow) {
            return new Way(flow);
        }

        Way from(String caller) {
            number = caller;
            return this;
        }

        Way to(String clinic) {
            dialled = clinic;
            return this;
        }

        Way at(String local) {
            at = local;
            return this;
        }

        Way outcome(String step, String exit) {
            outcomes.put(step, Outcome.of(exit));
            return this;
        }

        /** So many messages wait in the mailbox that a step opens. */
        Way messages(String step, int count) {
            var now = LocalDateTime.parse(at).atZone(ZoneId.of("Europe/Moscow")).toInstant();
            var mailbox = Rehearsal.mailbox(count, now);
            outcomes.put(step, new Outcome("done", Collections.emptySortedMap(), mailbox));
            return this;
        }

        Way pressing(String... inputs) {
            var catalog = catalog(tenant());
            var drawn = catalog.flows().get(new FlowId(flow));
            moments =
                    Rehearsal.of(
                            caller(number, dialled),
                            catalog.drawing(drawn),
                            LIMITS,
                            new Rehearsal.Replies(List.of(inputs), outcomes, Way::choice),
                            LocalDateTime.parse(at).atZone(ZoneId.of("Europe/Moscow")).toInstant());
            return this;
        }

        private static Optional<String> choice(Listening listening, String said) {
            return new MenuWords(listening.choices()).choice(said);
        }

        /** Where the run ended: "queue registry", "extension 104", "hung up: closed". */
        String end() {
            return moments.stream()
                    .filter(Happened.class::isInstance)
                    .map(moment -> ((Happened) moment).event().fact())
                    .filter(org.panacall.ivr.core.IvrEvent.FlowFinished.class::isInstance)
                    .map(org.panacall.ivr.core.IvrEvent.FlowFinished.class::cast)
                    .map(
                            over ->
                                    over.target().isEmpty()
                                            ? "hung up: " + over.reason().reason()
                                            : over.target())
                    .reduce((one, next) -> next)
                    .orElseThrow();
        }

        List<Fact> facts() {
            return moments.stream()
                    .filter(Happened.class::isInstance)
                    .map(moment -> ((Happened) moment).event().fact())
                    .toList();
        }

        /** Everything that was said, in one line. */
        String heard() {
            return moments.stream()
                    .filter(Heard.class::isInstance)
                    .flatMap(moment -> ((Heard) moment).prompts().stream())
                    .map(Way::words)
                    .reduce((one, two) -> one + " | " + two)
                    .orElse("");
        }

        private static String words(Prompt prompt) {
            return switch (prompt) {
                case Prompt.Spoken(var text, _) -> text;
                case Prompt.Stored(_, _, var text) -> text;
                default -> prompt.toString();
            };
        }
    }

    static Map<String, Flow> flows() {
        var flows = new TreeMap<String, Flow>();
        tenant().getFlowsList().forEach(flow -> flows.put(flow.getFlowId(), flow));
        return flows;
    }
}
