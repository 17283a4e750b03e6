// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.Ports;
import org.panacall.launcher.supervisor.ChildStatus;
import org.panacall.launcher.supervisor.ChildStatus.Phase;
import org.panacall.simkit.Tidy;

/** The servers below the services, for real: PostgreSQL, NATS, rtpengine, Kamailio. */
class PlatformTest {

    private static final String NO_SERVICES =
            "directory=0,sip-ingress=0,media=0,ivr=0,acd=0,reporting=0,desktop=0,recordings=0";

    @TempDir Path runDirectory;

    /** As root, PostgreSQL runs as nobody, who must get there. */
    @BeforeEach
    void everybodyMayPassThroughTheRunDirectory() throws IOException {
        var passable = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(runDirectory, passable);
    }

    @Test
    void serversStartStandKillsAndLeaveNothingBehind() throws Exception {
        // Given
        var settings = settings(Map.of());

        // When
        List<ChildStatus> last;
        try (var platform = Platform.start(settings)) {
            platform.kill("postgres");
            platform.kill("nats");
            awaitRestart(platform, "postgres");
            awaitRestart(platform, "nats");
            platform.awaitReady();
            last = platform.status();
        }

        // Then
        assertEquals(
                List.of("postgres", "nats", "rtpengine", "kamailio"),
                last.stream().map(ChildStatus::name).toList());
        assertTrue(last.stream().allMatch(status -> status.phase() == Phase.READY));
        assertTrue(last.stream().noneMatch(status -> status.identity().isAlive()));
        var secret = runDirectory.resolve("secrets/database-password");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
    }

    @Test
    void twoCopiesDoNotShareARunDirectory() throws Exception {
        // Given
        var settings = settings(Map.of());

        // When
        try (var first = Platform.start(settings, line -> {})) {
            var refusal = assertThrows(StartRefusal.class, () -> Platform.start(settings));

            // Then
            assertTrue(refusal.getMessage().contains(runDirectory.toString()));
            first.awaitReady();
        }
    }

    @Test
    void aTakenPortIsNamedWithItsHolderAndAWayOut() throws IOException {
        // Given
        var settings = settings(Map.of());
        int nats = settings.ports().nats();
        try (var holder = new ServerSocket(nats, 1, InetAddress.getByName("127.0.0.1"))) {
            assertTrue(holder.isBound());

            // When
            var refusal = assertThrows(StartRefusal.class, () -> Platform.start(settings));

            // Then
            var text = refusal.getMessage();
            assertTrue(text.contains("port " + nats + ", for nats"), text);
            assertTrue(text.contains("pid " + ProcessHandle.current().pid()), text);
            assertTrue(text.contains("PANACALL_PORT_OFFSET"), text);
        }
    }

    private static void awaitRestart(Platform platform, String name) {
        while (platform.status().stream()
                .noneMatch(status -> status.name().equals(name) && status.restarts() == 1)) {
            Thread.onSpinWait();
        }
    }

    private PlatformSettings settings(Map<String, String> more) {
        var variables = new HashMap<String, String>();
        variables.put("PANACALL_HOME", Tidy.rootOf(Path.of("")).toString());
        variables.put("PANACALL_RUN_DIRECTORY", runDirectory.toString());
        variables.put("PANACALL_PORT_OFFSET", Integer.toString(Ports.firstFree().offset()));
        variables.put("PANACALL_REPLICAS", NO_SERVICES);
        variables.put("PANACALL_DEMO", "false");
        variables.putAll(more);
        return PlatformSettings.of(variables);
    }
}
