// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.panacall.launcher.Platform;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.tests.bench.CallTable;
import org.panacall.tests.bench.CallsBench;
import org.panacall.tests.demo.Clinic;
import org.panacall.tests.load.Crowd;

/**
 * Short calls by SIP to queues of six agents, one for each strategy, and whether they went to whom
 * the strategy says, by the records of reporting; see {@code bin/strategies} for what can be set.
 * Exit code 1 when one did not.
 */
public final class Strategies {

    private Strategies() {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var wanted = CallsBench.text("ONLY").map(names -> List.of(names.split("[ ,]+")));
        var rows =
                Rows.all().stream()
                        .filter(row -> wanted.isEmpty() || wanted.get().contains(row.name()))
                        .toList();
        var ports = Ports.firstFree();
        var variables = new HashMap<String, String>(System.getenv());
        variables.putIfAbsent("PANACALL_PORT_OFFSET", Integer.toString(ports.offset()));
        variables.put("PANACALL_DEMO", "false");
        StrategyClinic.write(Path.of(variables.get("PANACALL_SEED_FILE")), rows);
        var settings = PlatformSettings.of(variables);
        boolean holds;
        try (var platform = Platform.start(settings)) {
            holds = run(platform, settings.ports().offset(), rows);
        }
        System.exit(holds ? 0 : 1);
    }

    private static boolean run(Platform platform, int offset, List<StrategyRow> rows)
            throws IOException {
        System.out.printf("Machine: %s%n%n", CallTable.machine());
        var calls = CallsBench.setting("CALLS", 200);
        var pause = Duration.ofMillis(CallsBench.setting("PAUSE", 1000));
        var crowd = new Crowd(platform.ports().sip());
        try (var live = new LiveDistribution(new Clinic(offset, List.of()), crowd, rows)) {
            System.out.println("| strategy | calls | calls of each agent | verdict |");
            System.out.println("|---|---|---|---|");
            var results = live.run(calls, pause);
            results.forEach(Strategies::row);
            System.out.printf("%nRefused for load and dialled again: %d calls.%n", live.refused());
            return results.stream().allMatch(result -> result.wrong().isEmpty());
        }
    }

    private static void row(LiveDistribution.Result result) {
        System.out.printf(
                "| %s | %d | %s | %s |%n",
                result.row().name(),
                result.calls().size(),
                Checks.counts(result.calls(), result.agents()).values(),
                Optional.of(result.wrong())
                        .filter(wrong -> !wrong.isEmpty())
                        .map(wrong -> "**wrong**: " + wrong)
                        .orElse("as defined"));
    }
}
