// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.panacall.tests.load.Phones;

/** A clinic with a number, a queue and six agents for each strategy. */
final class StrategyClinic {

    private StrategyClinic() {}

    /** Writes its seed file. */
    static void write(Path seedFile, List<StrategyRow> rows) throws IOException {
        Files.createDirectories(seedFile.getParent());
        Files.writeString(
                seedFile,
                """
                tenant:
                  id: strategies
                  name: Strategies
                  sipDomain: %s
                  timeZone: Europe/Moscow
                  language: en
                  country: RU
                  defaultCallerNumber: "+74950000400"
                apiTokens:
                  - { name: demo, token: demo-token, roles: [integrator, administrator] }
                numbers:
                %s
                queues:
                %s
                people:
                %s
                """
                        .formatted(
                                Phones.DOMAIN,
                                lines(rows, StrategyClinic::number),
                                lines(rows, StrategyClinic::queue),
                                lines(rows, StrategyClinic::people)));
    }

    private interface Part {
        String of(StrategyRow row, int number);
    }

    private static String lines(List<StrategyRow> rows, Part part) {
        return IntStream.range(0, rows.size())
                .mapToObj(number -> part.of(rows.get(number), number))
                .collect(Collectors.joining("\n"));
    }

    private static String number(StrategyRow row, int number) {
        return "  - { number: \"+%s\", queue: %s, fallbackQueue: %2$s }"
                .formatted(StrategyRow.number(number), row.name());
    }

    private static String queue(StrategyRow row, int number) {
        var agents = StrategyRow.agents(number);
        return """
          - id: %s
            name: %1$s
            extension: "%d"
            offerTimeout: 15s
            reofferAfter: 30s
            capacity: 500
            music: music/waiting
            agents: [%s]
        """
                .formatted(
                        row.name(),
                        600 + number,
                        agents.stream()
                                .map(agent -> '"' + agent + '"')
                                .collect(Collectors.joining(", ")));
    }

    /** The last of them is the best surgeon. */
    private static String people(StrategyRow row, int number) {
        var agents = StrategyRow.agents(number);
        return agents.stream()
                .map(
                        one ->
                                ("  - { id: agent_%1$s, extension: \"%1$s\", name: A %1$s,"
                                                + " roles: [agent], password: %2$s,"
                                                + " phoneOnly: true, skills: { surgery: %3$d } }")
                                        .formatted(
                                                one, Phones.password(one), agents.indexOf(one) + 2))
                .collect(Collectors.joining("\n"));
    }
}
