// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.proto.acd.v1.AgentState;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.acd.v1.QueueStatus;

class FloorPictureTest {

    private static final QueueStatus REGISTRY =
            QueueStatus.newBuilder().setQueueId("registry").setWaiting(1).build();
    private static final FloorPicture BEFORE =
            new FloorPicture(
                    Map.of("agent_101", agent("101", AgentState.AGENT_STATE_READY)),
                    Map.of("registry", REGISTRY));

    @Test
    void theFirstUpdateIsAllOfIt() {
        var whole = BEFORE.whole();
        assertTrue(whole.getWhole());
        assertEquals(1, whole.getAgentsCount());
        assertEquals(List.of(REGISTRY), whole.getQueuesList());
    }

    @Test
    void whereNothingChangedNothingIsTold() {
        var same = new FloorPicture(Map.copyOf(BEFORE.agents()), Map.copyOf(BEFORE.queues()));
        assertEquals(Optional.empty(), same.since(BEFORE));
    }

    @Test
    void onlyWhatChangedCameOrWentIsTold() {
        // Given
        var longer = REGISTRY.toBuilder().setWaiting(2).build();
        var now =
                new FloorPicture(
                        Map.of("agent_102", agent("102", AgentState.AGENT_STATE_NOT_READY)),
                        Map.of("registry", longer));

        // When
        var update = now.since(BEFORE).orElseThrow();

        // Then
        assertFalse(update.getWhole());
        assertEquals(
                List.of("agent_102"),
                update.getAgentsList().stream().map(AgentStatus::getAgentId).toList());
        assertEquals(List.of(longer), update.getQueuesList());
        assertEquals(List.of("agent_101"), update.getGoneList());
    }

    private static AgentStatus agent(String extension, AgentState state) {
        return AgentStatus.newBuilder()
                .setAgentId("agent_" + extension)
                .setExtension(extension)
                .setState(state)
                .build();
    }
}
