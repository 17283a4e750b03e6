// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.strategy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.panacall.tests.load.Phones;

/**
 * A strategy in a queue of its own with six agents.
 *
 * @param name also the queue's id
 * @param settings of the queue, as a seed file has them; %1$s to %6$s are the agents' extensions
 * @param check what must be true of whom the calls went to
 */
public record StrategyRow(String name, String settings, Check check) {

    static final int AGENTS = 6;

    /** Looks at served calls, oldest first; empty when nothing is wrong. */
    @FunctionalInterface
    public interface Check {
        Optional<String> wrong(List<Served> calls, List<String> agents);
    }

    /** All there are. */
    public static List<StrategyRow> all() {
        return List.of(
                new StrategyRow("longest-idle", "strategy: longest-idle", Checks::longestIdle));
    }

    /** Dialled by those who want this queue. */
    static String number(int row) {
        return "749500004%02d".formatted(row);
    }

    /** The agents of a row, in the order of the configuration. */
    static List<String> agents(int row) {
        return IntStream.range(row * AGENTS, (row + 1) * AGENTS)
                .mapToObj(Phones::extension)
                .toList();
    }
}
