// SPDX-License-Identifier: Apache-2.0
package org.panacall.defaults.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.Number;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.Strategy;

class TreeTest {

    @Test
    void aMessageIsWrittenAsTheOutsideContractHasIt() {
        // Given
        var queue =
                Queue.newBuilder()
                        .setQueueId("registry")
                        .setStrategy(Strategy.STRATEGY_LONGEST_IDLE)
                        .setOfferTimeout(Duration.newBuilder().setSeconds(1).setNanos(500_000_000))
                        .addAgentExtensions("103")
                        .build();

        // When
        var tree = TreeWriter.write(queue);

        // Then
        assertEquals("registry", tree.get("queueId"));
        assertEquals("longest-idle", tree.get("strategy"));
        assertEquals("PT1.5S", tree.get("offerTimeout"));
        assertEquals(List.of("103"), tree.get("agentExtensions"));
        assertEquals(0, tree.get("capacity"));
        assertFalse(tree.containsKey("name"));
        assertFalse(tree.containsKey("reofferAfter"));
    }

    @Test
    void whatWasWrittenIsReadAsItWas() {
        // Given
        var flow =
                Flow.newBuilder()
                        .setFlowId("main")
                        .setVersion(3)
                        .addSteps(
                                org.panacall.proto.directory.v1.Step.newBuilder()
                                        .setStepId("menu")
                                        .putExits("1", "registry")
                                        .putExits("no-input", "bye"))
                        .build();
        var read = Flow.newBuilder();

        // When
        var flaws = TreeReader.read(TreeWriter.write(flow), read, DurationForm.ISO);

        // Then
        assertEquals(List.of(), flaws);
        assertEquals(flow, read.build());
    }

    @Test
    void everythingWrongIsSaidWithItsPlace() {
        // Given
        var tree = new HashMap<String, Object>();
        tree.put("strategy", "shortest-idle");
        tree.put("offerTimeout", "15s");
        tree.put("reofferAfter", 15);
        tree.put("capacity", -1);
        tree.put("name", 7);
        tree.put("agentExtensions", Arrays.asList("103", null, 104));
        tree.put("musicPromptId", null);
        tree.put("strategie", "x");

        // When
        var flaws = TreeReader.read(tree, Queue.newBuilder(), DurationForm.ISO);

        // Then
        assertFlaw(flaws, "strategy", "must be one of longest-idle");
        assertFlaw(flaws, "offerTimeout", "must be an ISO 8601 duration");
        assertFlaw(flaws, "reofferAfter", "must be an ISO 8601 duration");
        assertFlaw(flaws, "capacity", "between 0 and 2147483647");
        assertFlaw(flaws, "name", "must be a text");
        assertFlaw(flaws, "agentExtensions[1]", "must not be null");
        assertFlaw(flaws, "agentExtensions[2]", "must be a text");
        assertFlaw(flaws, "strategie", "is not known here; known are queueId, name");
        assertEquals(8, flaws.size(), flaws::toString);
    }

    @Test
    void numbersThatDoNotFitAreRefusedAndNotCut() {
        for (var wrong :
                List.of(1.0, 1e30, "5", true, new BigInteger("123456789012345678901234567890"))) {
            // When
            var flaws =
                    TreeReader.read(
                            Map.of("capacity", wrong), Queue.newBuilder(), DurationForm.ISO);

            // Then
            assertFlaw(flaws, "capacity", "must be a whole number");
        }
    }

    @Test
    void ofSeveralThatExcludeEachOtherOneMayBeGiven() {
        // When
        var flaws =
                TreeReader.read(
                        Map.of("flowId", "main", "queueId", "registry"),
                        Number.newBuilder(),
                        DurationForm.ISO);

        // Then
        assertEquals(1, flaws.size());
        assertTrue(flaws.getFirst().message().contains("only one may be given"));
    }

    @Test
    void aTimeIsReadWithItsZone() {
        // Given
        var read = AgentStatus.newBuilder();

        // When
        var flaws =
                TreeReader.read(Map.of("since", "2026-01-31T09:00:00Z"), read, DurationForm.ISO);

        // Then
        assertEquals(List.of(), flaws);
        assertEquals("2026-01-31T09:00:00Z", TreeWriter.write(read.build()).get("since"));
    }

    private static void assertFlaw(List<Flaw> flaws, String field, String says) {
        assertTrue(
                flaws.stream().anyMatch(f -> f.field().equals(field) && f.message().contains(says)),
                () -> field + " is not among " + flaws);
    }
}
