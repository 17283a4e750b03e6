// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.FlowId;
import org.panacall.ivr.core.id.QueueId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;

class CatalogReaderTest {

    private static final TenantId DEMO = new TenantId("demo");

    @Test
    void aDrawingBecomesAFlowWithTheUsualPatienceWhereNoneIsGiven() {
        // When
        var catalog = CatalogReader.read(FakeDirectory.clinic());

        // Then
        var flow = catalog.flow(DEMO, new FlowId("main")).orElseThrow();
        assertEquals(Optional.of(new QueueId("registry")), flow.fallback());
        var menu = (Step.Menu) flow.step(new StepId("menu")).orElseThrow().kind();
        assertEquals(
                new Step.Patience(Duration.ofSeconds(5), Duration.ofMillis(1_500), 3),
                menu.patience());
    }

    @Test
    void aFlowThatMakesNoSenseIsLeftOutAndTheRestStays() {
        // When
        var catalog = CatalogReader.read(FakeDirectory.clinic());

        // Then
        assertTrue(catalog.flow(DEMO, new FlowId("broken")).isEmpty());
        assertTrue(catalog.flow(DEMO, new FlowId("main")).isPresent());
    }

    @Test
    void aFlowIsReadAnewOnlyWhenItHasChanged() {
        // Given
        var known = new KnownFlows();
        var main = new FlowId("main");
        var configuration = FakeDirectory.clinic().toBuilder();
        var first = CatalogReader.read(configuration.build(), known).flow(DEMO, main);
        assertTrue(first.isPresent());

        // When
        var other = configuration.setVersion(configuration.getVersion() + 1).build();
        var second = CatalogReader.read(other, known).flow(DEMO, main);
        for (var flow : configuration.getTenantsBuilder(0).getFlowsBuilderList()) {
            flow.setVersion(flow.getVersion() + 1);
        }
        var third = CatalogReader.read(configuration.build(), known).flow(DEMO, main);

        // Then
        assertSame(first.get(), second.orElseThrow());
        assertEquals(first.get().version() + 1, third.orElseThrow().version());
    }

    @Test
    void callersMayDialPeopleQueuesAndTheEchoTestButNoCodesOfAgents() {
        // When
        var plan = CatalogReader.read(FakeDirectory.clinic()).tenant(DEMO).orElseThrow().dialPlan();

        // Then
        assertEquals(List.of("104", "601", "999"), List.copyOf(plan.entries().keySet()));
    }
}
