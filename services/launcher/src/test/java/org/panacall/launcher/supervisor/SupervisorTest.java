// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.ProcessPlan.Invocation;
import org.panacall.launcher.plan.ProcessPlan.Signals;
import org.panacall.launcher.plan.Readiness;
import org.panacall.launcher.supervisor.ChildStatus.Phase;

/** Supervision of real processes: small shell scripts that serve as children. */
class SupervisorTest {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @TempDir Path runDirectory;
    private Supervisor supervisor;

    @AfterEach
    void nothingIsLeftRunning() {
        supervisor.close();
        assertTrue(ProcessTable.marked(runDirectory + "#").isEmpty());
    }

    @Test
    void aKilledProcessComesBackWithAnotherPid() throws Exception {
        // Given
        supervise(plan("one", "exec sleep 1000", Set.of()));
        hear("one is ready");
        long first = status("one").identity().pid();
        long killedAt = System.nanoTime();

        // When
        supervisor.kill("one");

        // Then
        hear("one ended with code 137");
        hear("one is ready");
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedAt);
        assertTrue(ProcessTable.startTime(first).isEmpty());
        assertEquals(1, status("one").restarts());
        assertTrue(took < 5_000, took + " ms");
    }

    @Test
    void whoNeedsAnotherStartsAfterIt() throws Exception {
        // Given
        var needing = plan("needing", "exec sleep 1000", Set.of("needed"));
        var needed = plan("needed", "exec sleep 1000", Set.of());

        // When
        supervise(needing, needed);

        // Then
        hear("needed is ready");
        hear("needing is ready");
    }

    @Test
    void whoNeedsAnotherStopsBeforeIt() throws Exception {
        // Given
        supervise(
                plan("needing", "exec sleep 1000", Set.of("needed")),
                plan("needed", "exec sleep 1000", Set.of()));
        hear("needed is ready");
        hear("needing is ready");

        // When
        supervisor.close();

        // Then
        hear("needing stopped");
        hear("needed stopped");
        assertEquals(Phase.STOPPED, status("needed").phase());
    }

    @Test
    void theChildrenOfADeadProcessDoNotOutliveIt() throws Exception {
        // Given
        supervise(plan("parent", "sleep 1001 & exec sleep 1000", Set.of()));
        hear("parent is ready");
        var children = ProcessHandle.of(status("parent").identity().pid()).orElseThrow().children();
        long orphan = children.findFirst().orElseThrow().pid();

        // When
        ProcessHandle.of(status("parent").identity().pid()).orElseThrow().destroyForcibly();

        // Then
        hear("parent ended with code 137");
        hear("parent is ready");
        assertTrue(ProcessTable.startTime(orphan).isEmpty());
    }

    @Test
    void whatAProcessPrintsIsInItsLog() throws Exception {
        // When
        supervise(plan("talker", "echo out; echo err >&2; exec sleep 1000", Set.of()));
        hear("talker is ready");
        supervisor.close();

        // Then
        assertEquals("out\nerr\n", Files.readString(Supervisor.logFile(runDirectory, "talker")));
    }

    @Test
    void theStateOfAProcessIsReadableFromOutside() throws Exception {
        // When
        supervise(plan("one", "exec sleep 1000", Set.of()));
        hear("one is ready");
        supervisor.close();

        // Then
        var read = ChildStatus.read(runDirectory.resolve("state"), "one").orElseThrow();
        assertEquals(status("one"), read);
    }

    @Test
    void aProgramThatIsNotThereIsReportedAndTriedAgain() throws Exception {
        // When
        supervise(plan("absent", "exec /no/such/program", Set.of()));

        // Then
        hear("absent ended with code 127");
        hear("absent ended with code 127");
    }

    private void supervise(ProcessPlan... plans) {
        supervisor = new Supervisor(runDirectory, List.of(plans), news::add);
        supervisor.start();
    }

    private ProcessPlan plan(String name, String script, Set<String> after) throws IOException {
        var ready = runDirectory.resolve(name + ".ready");
        var command = List.of("sh", "-c", "touch '" + ready + "'; " + script);
        var invocation = new Invocation(List.of(), command, Map.of(), runDirectory, Signals.USUAL);
        return new ProcessPlan(name, invocation, List.of(), new FileThere(ready), after);
    }

    private ChildStatus status(String name) {
        return supervisor.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for the next news, which must be this. */
    private void hear(String expected) throws InterruptedException {
        assertEquals(expected, news.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Ready as soon as the script has begun. */
    private record FileThere(Path file) implements Readiness {
        @Override
        public boolean isReady() {
            return Files.exists(file);
        }
    }
}
