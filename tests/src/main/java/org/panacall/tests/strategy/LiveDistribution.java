// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.load.Crowd;
import org.panacall.tests.load.Journey;
import org.panacall.tests.strategy.Served.Rung;

/** Short calls through the edge to each strategy's queue, and whom they went to. */
final class LiveDistribution implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration WARM_PAUSE = Duration.ofMillis(70);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int WARM_CALLS = 15;
    private static final int PAGE = 200;

    private final Clinic clinic;
    private final Crowd crowd;
    private final List<StrategyRow> rows;
    private final Map<Journey, Duration> talks = new HashMap<>();
    private final Map<StrategyRow, Journey> newest = new HashMap<>();
    private final Set<String> warm = new HashSet<>();
    private final Map<Journey, StrategyRow> dialled = new LinkedHashMap<>();
    private final Map<String, List<Rung>> rung = new HashMap<>();
    private final Set<String> recorded = new HashSet<>();
    private int refused;

    /** What a strategy's calls showed; wrong is empty when nothing was. */
    record Result(StrategyRow row, List<Served> calls, List<String> agents, String wrong) {}

    LiveDistribution(Clinic clinic, Crowd crowd, List<StrategyRow> rows) {
        this.clinic = clinic;
        this.crowd = crowd;
        this.rows = rows;
    }

    /** So many calls for each strategy, side by side, one after another with a pause between. */
    List<Result> run(int calls, Duration pause) {
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < StrategyRow.AGENTS; i++) {
                var time = Duration.ofMillis(rows.get(row).conduct().rings().get(i));
                crowd.ringFor(StrategyRow.agents(row).get(i), time);
            }
        }
        crowd.register(rows.size() * StrategyRow.AGENTS, SOON);
        // acd hears of registrations by events, or reads them within ten seconds.
        require("agents ready", clinic.await("/agents", this::allReady, SOON));
        crowd.onTalk(journey -> crowd.in(talks.get(journey), () -> crowd.hangUp(journey)));
        warmUp();
        rows.forEach(row -> set(row, "PATCH", "", row.settings()));
        for (int i = 0; i < calls; i++) {
            if (i == calls / 2) {
                dialAgain();
                changeShares();
            }
            for (var row : rows) {
                if (row.conduct().oneByOne()) {
                    crowd.await(() -> isOver(newest.get(row)), SOON);
                }
                dial(row, i);
                crowd.run(pause.dividedBy(rows.size()));
            }
        }
        dialAgain();
        dialled.keySet().stream()
                .filter(journey -> !crowd.endedWell(journey))
                .collect(
                        Collectors.groupingBy(
                                one -> dialled.get(one).name() + " " + crowd.end(one),
                                Collectors.counting()))
                .forEach((how, count) -> System.out.printf("%d calls: %s%n", count, how));
        gather();
        var any = "/reports/calls?limit=1";
        clinic.await(any, page -> rows.stream().allMatch(row -> served(row).size() >= calls), SOON);
        var results = rows.stream().map(row -> result(row, calls)).toList();
        dialled.keySet().forEach(this::missing);
        return results;
    }

    /** Says what is known of a call that is in no record of an answered one. */
    private void missing(Journey journey) {
        if (recorded.contains(journey.number)) {
            return;
        }
        System.out.printf(
                "%nCall %s of %s, %s: dialled %.1f s ago, then after ms: answered %d, rang %d,"
                        + " talked %d, to talk %d%n%s%n",
                journey.number,
                dialled.get(journey).name(),
                crowd.end(journey),
                (System.nanoTime() - journey.startedAt) / 1e9,
                after(journey, journey.answeredAt),
                after(journey, journey.rangAt),
                after(journey, journey.talkedAt),
                talks.get(journey).toMillis(),
                clinic.get("/reports/calls?number=" + journey.number).toPrettyString());
    }

    private static long after(Journey journey, long at) {
        return at == 0 ? -1 : (at - journey.startedAt) / 1_000_000;
    }

    /** First calls of a cold platform take their time; they come by the strategy of the seed. */
    private void warmUp() {
        for (int i = 0; i < WARM_CALLS; i++) {
            for (var row : rows) {
                dial(row, i);
                crowd.run(WARM_PAUSE);
            }
        }
        dialAgain();
        dialled.keySet().forEach(journey -> warm.add(journey.number));
        dialled.clear();
        refused = 0;
    }

    private void dial(StrategyRow row, int call) {
        var journey = crowd.dial(StrategyRow.number(rows.indexOf(row)));
        talks.put(journey, row.conduct().talk(call));
        dialled.put(journey, row);
        newest.put(row, journey);
    }

    /**
     * A busy platform refuses calls before it queues them; such callers dial again, all of them.
     */
    private void dialAgain() {
        crowd.await(this::allOver, SOON);
        long end = System.nanoTime() + SOON.toNanos();
        while (dialled.keySet().stream().anyMatch(this::refused) && System.nanoTime() < end) {
            for (var journey : dialled.keySet().stream().filter(this::refused).toList()) {
                dial(dialled.remove(journey), dialled.size());
                refused++;
                crowd.run(AGAIN);
            }
            crowd.await(this::allOver, SOON);
        }
    }

    private boolean refused(Journey journey) {
        return crowd.end(journey).equals("503");
    }

    /** How many calls were refused and dialled again. */
    int refused() {
        return refused;
    }

    private boolean allOver() {
        return dialled.keySet().stream().allMatch(this::isOver);
    }

    private boolean isOver(Journey journey) {
        return refused(journey) || crowd.endedWell(journey);
    }

    /** As a CRM would, while calls come; between two of them, so that it is known which counts. */
    private void changeShares() {
        if (rows.stream().allMatch(row -> row.conduct().shares().isEmpty())) {
            return;
        }
        for (var row : rows) {
            row.conduct()
                    .shares()
                    .map(wish -> (Runnable) () -> set(row, "PUT", "/shares", wish))
                    .map(change -> CompletableFuture.runAsync(change, Thread::startVirtualThread))
                    .ifPresent(
                            change -> {
                                crowd.await(change::isDone, SOON);
                                change.join();
                            });
        }
    }

    private void set(StrategyRow row, String method, String path, String json) {
        Object[] agents = StrategyRow.agents(rows.indexOf(row)).toArray();
        clinic.change(method, "/queues/" + row.name() + path, json.formatted(agents), 200);
    }

    private boolean allReady(JsonNode agents) {
        var states = agents.findValuesAsText("state");
        return states.stream().filter("ready"::equals).count()
                >= (long) rows.size() * StrategyRow.AGENTS;
    }

    /** What the telephones saw, by the caller's number, on the clock that records go by. */
    private void gather() {
        var clock = Instant.now().minusNanos(System.nanoTime());
        var ends = new HashMap<String, ArrayDeque<Crowd.Ring>>();
        crowd.rests()
                .forEach(end -> ends.computeIfAbsent(key(end), k -> new ArrayDeque<>()).add(end));
        for (var ring : crowd.rings()) {
            var end = Optional.ofNullable(ends.get(key(ring))).map(ArrayDeque::poll);
            var until = end.map(Crowd.Ring::nanos).map(clock::plusNanos).orElse(Instant.MAX);
            rung.computeIfAbsent(ring.number(), number -> new ArrayList<>())
                    .add(new Rung(ring.extension(), clock.plusNanos(ring.nanos()), until));
        }
    }

    private static String key(Crowd.Ring ring) {
        return ring.number() + " " + ring.extension();
    }

    private void add(JsonNode page, List<Served> found) {
        for (var record : page.path("items")) {
            var number = record.path("from").asText().replace("+", "");
            if (!warm.contains(number)) {
                recorded.add(number);
                found.add(Served.of(record, rung.getOrDefault(number, List.of())));
            }
        }
    }

    private Result result(StrategyRow row, int calls) {
        var agents = StrategyRow.agents(rows.indexOf(row));
        var served = served(row);
        var strays = served.stream().filter(call -> call.rung().isEmpty()).count();
        var wrong =
                Stream.of(
                                Optional.of(served.size() + " of " + calls + " calls were served")
                                        .filter(text -> served.size() < calls),
                                Optional.of(strays + " were answered that rang nowhere")
                                        .filter(text -> strays > 0),
                                strays > 0
                                        ? Optional.<String>empty()
                                        : row.check().wrong(served, agents))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("; "));
        return new Result(row, served, agents, wrong);
    }

    /** By page, then oldest first. */
    private List<Served> served(StrategyRow row) {
        var found = new ArrayList<Served>();
        var path = "/reports/calls?ended=true&answered=true&limit=" + PAGE + "&queue=" + row.name();
        var page = clinic.get(path);
        add(page, found);
        while (page.hasNonNull("nextCursor")) {
            page = clinic.get(path + "&cursor=" + page.path("nextCursor").asText());
            add(page, found);
        }
        found.sort(Comparator.comparing(Served::queuedAt));
        return found;
    }

    private static void require(String what, Optional<JsonNode> there) {
        if (there.isEmpty()) {
            throw new IllegalStateException("not in time: " + what);
        }
    }

    @Override
    public void close() {
        crowd.close();
        clinic.close();
    }
}
