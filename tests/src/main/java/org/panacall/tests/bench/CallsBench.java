// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.launcher.Platform;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;

/**
 * Whole journeys through a platform of its own: INVITE, answer, prompt, queue, an agent's telephone
 * rings and answers, talk, BYE. Prints a table; see {@code bin/bench-calls} for what can be set.
 */
public final class CallsBench {

    static final Duration PROMPT = Duration.ofSeconds(1);
    static final Duration TALK = Duration.ofSeconds(2);
    private static final int FILL_SECONDS = 5;
    private static final int FEW_AGENTS = 10;
    private static final int SOME_AGENTS = 60;
    private static final double RATE_A_FEW = 3;

    private final int agents;
    private final List<Double> rates;
    private final int seconds;
    private final CallTable table = new CallTable(System.out);
    private final Platform platform;
    private final CallLoad load;
    private final NatsCounter nats;

    private CallsBench(Platform platform) throws IOException {
        this.platform = platform;
        agents = setting("AGENTS", 500);
        seconds = setting("SECONDS", 20);
        rates =
                Arrays.stream(text("RATES").orElse("5 20 50 100").split("[ ,]+"))
                        .map(Double::valueOf)
                        .toList();
        load =
                new CallLoad(
                        platform.ports().sip(),
                        BenchClinic.NUMBER,
                        new CallLoad.Lengths(PROMPT, TALK),
                        setting("RTP", 0) == 1);
        nats = new NatsCounter(platform.ports().natsMonitor());
    }

    public static void main(String[] arguments) throws IOException {
        try (var platform = start(System.getenv(), Math.max(setting("AGENTS", 500), SOME_AGENTS))) {
            new CallsBench(platform).run();
        }
    }

    /** A platform of its own on free ports, with a clinic of so many agents. */
    public static Platform start(Map<String, String> given, int agents) throws IOException {
        var ports = Ports.firstFree();
        var run = Path.of(given.get("PANACALL_RUN_DIRECTORY"));
        var variables = new HashMap<String, String>(given);
        variables.putIfAbsent("PANACALL_PORT_OFFSET", Integer.toString(ports.offset()));
        variables.put("PANACALL_DEMO", "false");
        BenchClinic.write(
                Path.of(given.get("PANACALL_SEED_FILE")), run.resolve("prompts"), agents, PROMPT);
        return Platform.start(PlatformSettings.of(variables));
    }

    private void run() throws IOException {
        table.head(agents, setting("RTP", 0) == 1);
        try (load) {
            load.register(Math.min(agents, SOME_AGENTS));
            warmUp();
            table.idle(idle());
            if (setting("GROWTH", 1) == 1) {
                grow();
            }
            load.register(agents);
            for (double rate : rates) {
                step(rate + "/s, " + agents + " agents", rate);
            }
        }
        table.foot();
    }

    /** JVMs compile what they run often; figures are of what comes after. */
    private void warmUp() throws IOException {
        int warm = setting("WARM", 20);
        if (warm > 0) {
            load.atRate(Math.min(20, agents / 4.0), new CallLoad.Window(1, warm), () -> 0);
        }
    }

    private ProcessTimes idle() throws IOException {
        load.run(Duration.ofSeconds(2));
        var before = ProcessTimes.of(platform);
        load.run(Duration.ofSeconds(5));
        return ProcessTimes.of(platform).since(before);
    }

    private void grow() throws IOException {
        var few = Math.min(agents, SOME_AGENTS);
        int busy = few * 9 / 10;
        var window = new CallLoad.Window(FILL_SECONDS, seconds);
        step("0 waiting, " + few + " agents, " + busy + " calls", window, busy);
        step("100 waiting, " + few + " agents", window, few + 100);
        step(RATE_A_FEW + "/s, " + few + " agents", RATE_A_FEW);
    }

    private void step(String name, CallLoad.Window window, int calls) throws IOException {
        var meter = new Meter();
        var tally = load.atOnce(calls, window, meter::read);
        table.row(name, tally, meter.spent());
    }

    private void step(String name, double rate) throws IOException {
        var meter = new Meter();
        var window = new CallLoad.Window(FILL_SECONDS, seconds);
        var tally = load.atRate(rate, window, meter::read);
        table.row(name, tally, meter.spent());
    }

    /** What the platform spent between two readings. */
    private final class Meter {
        private final List<ProcessTimes> times = new ArrayList<>();
        private final List<Long> messages = new ArrayList<>();
        private final List<Long> clock = new ArrayList<>();
        private final List<Long> own = new ArrayList<>();

        int read() {
            times.add(ProcessTimes.of(platform));
            messages.add(nats.messages());
            clock.add(System.nanoTime());
            own.add(ProcessTimes.own(ProcessHandle.current().pid()));
            return times.size();
        }

        Spending spent() {
            return new Spending(
                    (clock.get(1) - clock.get(0)) / 1e9,
                    times.get(1).since(times.get(0)),
                    own.get(1) - own.get(0),
                    messages.get(1) - messages.get(0));
        }
    }

    /** CPU in milliseconds by process and of the load itself, and messages, over a time. */
    record Spending(double seconds, ProcessTimes platform, long loadMillis, long messages) {}

    public static int setting(String name, int standard) {
        return text(name).map(Integer::parseInt).orElse(standard);
    }

    public static Optional<String> text(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }
}
