// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.editing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.panacall.tests.demo.Clinic;

/**
 * The flows of clinics that ivr's own tests rehearse, published under ids of their own. One number
 * leads to all of them: a first flow sends each caller to the one that is tried with his number.
 */
final class ClinicFlows implements AutoCloseable {

    static final String NUMBER = "74950000103";
    static final String DUTY = "201";

    private static final Path DOCUMENTS = Path.of("../services/ivr/src/test/flows");
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");
    private static final String OWN = "ten-";

    /** Those that others lead to come first. */
    private static final List<String> ALL =
            List.of(
                    "ask-contract",
                    "main-menu",
                    "night-and-holiday",
                    "known-patient",
                    "region",
                    "contract-number",
                    "vip",
                    "blacklist",
                    "rating",
                    "duty-specialist",
                    "emergency");

    private final Clinic clinic;
    private final JsonNode settings;
    private final List<String> queues = new ArrayList<>();
    private final List<String> published = new ArrayList<>();
    private boolean routed;

    ClinicFlows(Clinic clinic) {
        this.clinic = clinic;
        settings = clinic.get("/settings");
    }

    /** A queue that the flows know. */
    void queue(String id, String extension, String agents) {
        clinic.discard("/queues/" + id);
        var queue = "{\"id\":\"%s\",\"name\":\"%1$s\",\"extension\":\"%s\",\"agentExtensions\":%s}";
        clinic.change("POST", "/queues", queue.formatted(id, extension, agents), 201);
        queues.add(id);
    }

    /** Opens and closes for today: the clinic, and whether there is an emergency. */
    void today(boolean open, boolean emergency) {
        var all =
                "[%s,%s,%s]"
                        .formatted(
                                calendar("main", open),
                                calendar("ural", true),
                                calendar("emergency", emergency));
        clinic.change("PATCH", "/settings", "{\"calendars\":" + all + "}", 200);
    }

    /** Yesterday and tomorrow as well, wherever the branch's clock is. */
    private static String calendar(String id, boolean open) {
        var today = LocalDate.now(ZONE);
        return """
        {"calendarId":"%s","name":"%1$s","specialDays":[{"name":"Today","firstDay":"%s",
         "lastDay":"%s"%s}]}
        """
                .formatted(
                        id,
                        today.minusDays(1),
                        today.plusDays(1),
                        open ? ",\"open\":[{\"from\":\"00:00\",\"until\":\"00:00\"}]" : "");
    }

    /** The numbers of callers who are treated alike. */
    void lists(Map<String, String> numbers) {
        var all =
                numbers.entrySet().stream()
                        .map(
                                list ->
                                        "{\"listId\":\"%s\",\"name\":\"%1$s\",\"numbers\":[\"%s\"]}"
                                                .formatted(list.getKey(), list.getValue()))
                        .collect(Collectors.joining(","));
        clinic.change("PATCH", "/settings", "{\"numberLists\":[" + all + "]}", 200);
    }

    void publish() {
        for (var flow : ALL) {
            publish(OWN + flow, "application/yaml", document(flow));
            published.addFirst(OWN + flow);
        }
    }

    /** As it stands in the document, but for ids and what a clinic sets for itself. */
    private static String document(String flow) {
        try {
            return Files.readString(DOCUMENTS.resolve(flow + ".yaml"))
                    .replaceFirst("(?m)^id: ", "id: " + OWN)
                    .replaceAll("flow: (main-menu|ask-contract)", "flow: " + OWN + "$1")
                    .replace("\"104\"", '"' + DUTY + '"')
                    .replaceFirst(
                            "branch: .*\\R *exits: \\{ \"on\": announcement, else: main }",
                            "hours: { calendar: emergency }\n"
                                    + "    exits: { open: announcement, closed: main }");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /**
     * Sends each caller to his flow. One flow answers by itself, or not at all.
     *
     * @param flows by the caller's number
     */
    void route(Map<String, String> flows) {
        var callers = flows.keySet().stream().sorted().toList();
        var unanswered =
                callers.stream().filter(from -> flows.get(from).equals("blacklist")).toList();
        var answered =
                callers.stream().filter(from -> !flows.get(from).equals("blacklist")).toList();
        var steps =
                ALL.stream()
                        .map(
                                flow ->
                                        "{\"id\":\"%s\",\"goTo\":{\"flow\":\"%s%1$s\"}}"
                                                .formatted(flow, OWN))
                        .filter(step -> !step.contains("\"ask-contract\""))
                        .collect(Collectors.joining(","));
        var router =
                """
                {"id": "closed", "name": "By caller", "entry": "first", "fallbackQueue": "registry",
                 "steps": [%s, {"id": "answer", "answer": {}, "exits": {"done": "second"}}, %s,
                 {"id": "registry", "queue": {"id": "registry"}}, %s]}
                """
                        .formatted(
                                branch("first", unanswered, flows, "answer"),
                                branch("second", answered, flows, "registry"),
                                steps);
        publish("closed", "application/json", router);
        routed = true;
    }

    private static String branch(
            String id, List<String> callers, Map<String, String> flows, String otherwise) {
        var cases =
                IntStream.range(0, callers.size())
                        .mapToObj(
                                i ->
                                        "{\"exit\":\"c%d\",\"when\":\"caller.number == '%s'\"}"
                                                .formatted(i, callers.get(i)))
                        .collect(Collectors.joining(","));
        var exits =
                IntStream.range(0, callers.size())
                        .mapToObj(i -> "\"c%d\":\"%s\",".formatted(i, flows.get(callers.get(i))))
                        .collect(Collectors.joining());
        return "{\"id\":\"%s\",\"branch\":{\"cases\":[%s]},\"exits\":{%s\"else\":\"%s\"}}"
                .formatted(id, cases, exits, otherwise);
    }

    private void publish(String id, String type, String document) {
        var draft =
                clinic.upload(
                        "/flows/" + id + "/draft", type, document.getBytes(StandardCharsets.UTF_8));
        assertTrue(draft.path("mistakes").isEmpty(), () -> id + ": " + draft.path("mistakes"));
        clinic.post("/flows/" + id + "/publish", "{}", 200);
    }

    /** What a caller of a flow would hear, without a telephone. */
    JsonNode simulated(String flow) {
        return clinic.post("/flows/" + OWN + flow + "/simulate", "{}", 200);
    }

    /** Flows cannot be deleted: what is left of them leads nowhere and needs nothing. */
    @Override
    public void close() {
        if (routed) {
            clinic.post("/flows/closed/roll-back", "{\"version\":1}", 200);
        }
        var nothing =
                """
                {"id": "%s", "name": "%1$s", "entry": "bye", "fallbackQueue": "registry",
                 "steps": [{"id": "bye", "hangUp": {}}]}
                """;
        published.forEach(flow -> publish(flow, "application/json", nothing.formatted(flow)));
        var before =
                "{\"numberLists\":%s,\"calendars\":%s}"
                        .formatted(before("numberLists"), before("calendars"));
        clinic.change("PATCH", "/settings", before, 200);
        queues.forEach(queue -> clinic.discard("/queues/" + queue));
    }

    private JsonNode before(String setting) {
        return settings.hasNonNull(setting) ? settings.path(setting) : NullNode.getInstance();
    }
}
