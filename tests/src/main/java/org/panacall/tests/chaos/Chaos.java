// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.bench.CallTable;

/**
 * Kills parts of a platform of its own under calls, one after another, and judges what became of
 * each call; see {@code bin/chaos} for what can be set. Exit code 1 when a claim does not hold.
 */
public final class Chaos {

    private final PlatformSettings settings;
    private final Round.Lengths lengths;
    private final OutcomeTable table = new OutcomeTable(System.out);
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    private Chaos(PlatformSettings settings) {
        this.settings = settings;
        lengths =
                new Round.Lengths(
                        number("CALLS", 20),
                        Duration.ofSeconds(number("HOLD", 60)),
                        Duration.ofSeconds(number("AWAY", 60)),
                        Duration.ofSeconds(number("FROZEN", 15)));
    }

    public static void main(String[] arguments) throws IOException {
        // Figures are written with a point wherever this runs.
        Locale.setDefault(Locale.ROOT);
        var variables = new HashMap<String, String>(System.getenv());
        variables.computeIfAbsent(
                "PANACALL_PORT_OFFSET", name -> Integer.toString(Ports.firstFree().offset()));
        variables.putIfAbsent("PANACALL_REPLICAS", Arena.REPLICAS);
        var chaos = new Chaos(PlatformSettings.of(variables));
        System.exit(chaos.run(faults()) ? 0 : 1);
    }

    private boolean run(List<Fault> faults) throws IOException {
        System.out.printf("Machine: %s%n", CallTable.machine());
        System.out.printf(
                "Each fault finds %d calls and is judged %d s later; a new call each second.%n%n",
                lengths.calls(), lengths.keep().toSeconds());
        table.head();
        try (var arena = new Arena(settings, lengths)) {
            for (var fault : faults) {
                round(arena, fault);
            }
        }
        System.out.println("\nSilences: median / worst. See docs/survival.md for the words.\n");
        outcomes.forEach(table::misses);
        failures.forEach(System.out::println);
        return failures.isEmpty() && outcomes.stream().allMatch(one -> one.broken().isEmpty());
    }

    private void round(Arena arena, Fault fault) throws IOException {
        try {
            var outcome = arena.round(fault);
            outcomes.add(outcome);
            table.row(outcome);
        } catch (RuntimeException failure) {
            failures.add(fault.title() + ": the round broke off: " + failure.getMessage());
        }
    }

    private static List<Fault> faults() {
        return text("FAULTS")
                .map(
                        given ->
                                Arrays.stream(given.strip().split("[ ,]+"))
                                        .map(Chaos::fault)
                                        .toList())
                .orElse(List.of(Fault.values()));
    }

    private static Fault fault(String title) {
        return Fault.named(title)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "FAULTS: no fault is called %s; there are %s"
                                                .formatted(
                                                        title,
                                                        Arrays.stream(Fault.values())
                                                                .map(Fault::title)
                                                                .toList())));
    }

    private static int number(String name, int standard) {
        return text(name).map(Integer::parseInt).orElse(standard);
    }

    private static Optional<String> text(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }
}
