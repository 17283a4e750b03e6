// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.load.Crowd;
import org.panacall.tests.load.Journey;

/** Short calls through the edge to each strategy's queue, and whom they went to. */
final class LiveDistribution implements AutoCloseable {

    private static final Duration SHORT_TALK = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PAGE = 200;

    private final Clinic clinic;
    private final Crowd crowd;
    private final List<StrategyRow> rows;

    /** What a strategy's calls showed; wrong is empty when nothing was. */
    record Result(StrategyRow row, List<Served> calls, List<String> agents, String wrong) {}

    LiveDistribution(Clinic clinic, Crowd crowd, List<StrategyRow> rows) {
        this.clinic = clinic;
        this.crowd = crowd;
        this.rows = rows;
    }

    /** So many calls for each strategy, side by side, one after another with a pause between. */
    List<Result> run(int calls, Duration pause) {
        crowd.register(rows.size() * StrategyRow.AGENTS, SOON);
        // acd hears of registrations by events, or reads them within ten seconds.
        require("agents ready", clinic.await("/agents", this::allReady, SOON));
        crowd.onTalk(journey -> crowd.in(SHORT_TALK, () -> crowd.hangUp(journey)));
        var journeys = new ArrayList<Journey>();
        for (int i = 0; i < calls; i++) {
            for (int row = 0; row < rows.size(); row++) {
                journeys.add(crowd.dial(StrategyRow.number(row)));
                crowd.run(pause.dividedBy(rows.size()));
            }
        }
        crowd.await(() -> journeys.stream().allMatch(crowd::endedWell), SOON);
        return rows.stream().map(row -> result(row, calls)).toList();
    }

    private boolean allReady(JsonNode agents) {
        var states = agents.findValuesAsText("state");
        return states.stream().filter("ready"::equals).count()
                >= (long) rows.size() * StrategyRow.AGENTS;
    }

    private Result result(StrategyRow row, int calls) {
        var agents = StrategyRow.agents(rows.indexOf(row));
        var path = "/reports/calls?limit=1&ended=true&answered=true&queue=" + row.name();
        Predicate<JsonNode> whole = page -> served(row).size() >= calls;
        clinic.await(path, whole, SOON);
        var served = served(row);
        var wrong =
                served.size() == calls
                        ? row.check().wrong(served, agents)
                        : Optional.of(served.size() + " of " + calls + " calls were served");
        return new Result(row, served, agents, wrong.orElse(""));
    }

    /** By page, then oldest first. */
    private List<Served> served(StrategyRow row) {
        var found = new ArrayList<Served>();
        var path = "/reports/calls?ended=true&answered=true&limit=" + PAGE + "&queue=" + row.name();
        var page = clinic.get(path);
        page.path("items").forEach(record -> found.add(Served.of(record)));
        while (page.hasNonNull("nextCursor")) {
            page = clinic.get(path + "&cursor=" + page.path("nextCursor").asText());
            page.path("items").forEach(record -> found.add(Served.of(record)));
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
