// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.flow.Catalog;
import org.panacall.ivr.core.flow.Prompt;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.run.Run;
import org.panacall.ivr.core.run.Situation;
import org.panacall.ivr.core.run.Trace;

class FlowVersionsTest {

    private static final StepId MENU = new StepId("menu");

    private final FakeDirectory directory = new FakeDirectory();
    private final Peers peers =
            new Peers(new ServiceToken("test-service-token"), Duration.ofSeconds(10), 8);
    private final FlowVersions versions = new FlowVersions(peers, directory.address());
    private final Catalog.Tenant clinic =
            CatalogReader.read(FakeDirectory.clinic()).tenant(new TenantId("demo")).orElseThrow();

    @AfterEach
    void close() {
        peers.channel(directory.address()).shutdownNow();
        directory.close();
    }

    @Test
    void aRunGoesOnInTheVersionItBeganWithAlsoWhenDirectoryIsGoneLater() {
        // Given
        assertEquals("former-menu", asked(versions.drawing(in(1), clinic)));

        // When
        directory.close();

        // Then
        assertEquals("former-menu", asked(versions.drawing(in(1), clinic)));
        assertEquals("main-menu", asked(versions.drawing(in(3), clinic)));
    }

    @Test
    void aVersionThatIsGoneOrWasNotKeptIsTheOneThatIsDrawnNow() {
        assertEquals("main-menu", asked(versions.drawing(in(2), clinic)));
        assertEquals("main-menu", asked(versions.drawing(in(0), clinic)));
    }

    @Test
    void manyRunsWaitForADeadDirectoryButOnce() {
        // Given
        directory.close();

        // When
        long before = System.nanoTime();
        for (int version = 10; version < 60; version++) {
            assertEquals("main-menu", asked(versions.drawing(in(version), clinic)));
        }

        // Then
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(4).toNanos());
    }

    @Test
    void aFlowThatIsGoneLeadsToTheTenantsFallback() {
        var drawing = versions.drawing(in("gone", 4), clinic);
        assertEquals("fallback", drawing.flow().id().value());
    }

    private static String asked(Run.Drawing drawing) {
        var menu = (Step.Menu) drawing.flow().step(MENU).orElseThrow().kind();
        var said = drawing.around().flows().get(new FlowId("main")).step(MENU).orElseThrow();
        assertEquals(said.kind(), menu);
        return ((Prompt.Stored) menu.prompts().getFirst()).promptId();
    }

    private static Trace in(long version) {
        return in("main", version);
    }

    private static Trace in(String flow, long version) {
        var caller =
                new Caller(
                        new CallId("call"),
                        new LegId("leg"),
                        new TenantId("demo"),
                        new Caller.Numbers("", "+74950000100"),
                        new Caller.Origin("run", "127.0.0.1:1", ""));
        var frame =
                new Situation.Frame(
                        new FlowId(flow), version, Optional.of(MENU), Collections.emptySortedMap());
        return new Trace(
                caller,
                Instant.EPOCH,
                2,
                new Situation(List.of(frame), "", false),
                Collections.emptySortedMap(),
                0);
    }
}
