// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One process to keep alive.
 *
 * @param name unique on the platform: {@code postgres}, {@code sip-ingress-1}
 * @param ports what it listens on; they must be free before the platform starts
 * @param after names of those that must have been ready once before this one starts
 */
public record ProcessPlan(
        String name,
        Invocation invocation,
        List<PortClaim> ports,
        Readiness readiness,
        Set<String> after) {

    public ProcessPlan {
        ports = List.copyOf(ports);
        after = Set.copyOf(after);
    }

    /**
     * What is executed.
     *
     * @param asUser the command that changes the user first; empty for the launcher's own
     * @param environment added to the launcher's own
     * @param signals how the process is asked to end
     */
    public record Invocation(
            List<String> asUser,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Signals signals) {

        public Invocation {
            asUser = List.copyOf(asUser);
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How a process ends; names of signals as kill(1) knows them.
     *
     * @param stop asks the process to end in good order
     * @param launcherDied what the kernel sends when the launcher is gone and nobody can ask
     * @param patience it is killed when it takes longer
     */
    public record Signals(String stop, String launcherDied, Duration patience) {

        private static final Duration SOME = Duration.ofSeconds(20);

        /** For those who need no time to put things in order. */
        public static final Signals USUAL = new Signals("TERM", "KILL", SOME);

        /** For a main process that must take its own children along. */
        public static final Signals PARENT = new Signals("TERM", "TERM", SOME);

        /** PostgreSQL's fast shutdown, which does not wait for its clients. */
        public static final Signals POSTGRES = new Signals("INT", "INT", SOME);

        /** For a JVM that writes a start-up cache before it ends: some seconds of work. */
        public static final Signals TRAINED = new Signals("TERM", "KILL", SOME.multipliedBy(5));
    }
}
