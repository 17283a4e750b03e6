// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.media.io.MediaLoop;
import org.panacall.media.io.PortPair;
import org.panacall.media.io.PortRange;
import org.panacall.media.mix.Gain;
import org.panacall.media.mix.Matrix;
import org.panacall.media.pipeline.Counters;
import org.panacall.media.pipeline.LegIdentity;
import org.panacall.media.pipeline.Shard;
import org.panacall.simkit.Eventually;

/** The control plane over two real shards. */
class MediaNodeTest {

    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
    private final MediaNode node = new MediaNode((leg, notice) -> {}, new MediaNode.Bounds(3, 2));

    @BeforeEach
    void start() throws Exception {
        var loops = new ArrayList<MediaLoop>();
        var limits = new Shard.Limits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        for (int i = 0; i < 2; i++) {
            var counters = new Counters();
            var address = InetAddress.ofLiteral("127.0.0.1");
            var ports = PortPair.open(address, PortRange.of("0"), counters);
            var shard = new Shard(ports, node, counters, limits, 0);
            loops.add(new MediaLoop("media-test-" + i, ports, shard, answers));
        }
        node.start(loops, Duration.ofMillis(100));
        Eventually.isTrue("the node is ready", node::ready);
    }

    @AfterEach
    void stop() {
        node.close();
        answers.shutdownNow();
    }

    private boolean open(String leg, String call) {
        return node.open(new LegIdentity(leg, call, "demo", "sip")).join().isPresent();
    }

    private static List<Matrix.Cell> cells(String... pairs) {
        var cells = new ArrayList<Matrix.Cell>();
        for (int i = 0; i < pairs.length; i += 2) {
            cells.add(new Matrix.Cell(pairs[i], pairs[i + 1], Gain.UNITY));
        }
        return cells;
    }

    @Test
    void aFullNodeTakesNoMoreUntilALegEnds() {
        assertTrue(open("1", "a") && open("2", "a") && open("3", "a"));
        assertFalse(open("4", "a"));
        assertTrue(open("3", "a"), "asking again is no new leg");
        assertTrue(node.close("3").join().isPresent());
        assertTrue(open("4", "a"));
    }

    @Test
    void aCloseRightBehindAnOpenIsNotLost() {
        // Given
        var opening = node.open(new LegIdentity("1", "a", "demo", "sip"));
        // When
        var closed = node.close("1").join();
        // Then
        assertTrue(closed.isPresent());
        assertTrue(opening.join().isPresent());
        assertTrue(node.identityOf("1").isEmpty());
    }

    @Test
    void aDrainingNodeTakesNoNewLegsAndKeepsTheOld() {
        assertTrue(open("1", "a"));
        node.drain();
        assertFalse(node.ready());
        assertFalse(open("2", "a"));
        assertTrue(node.setMatrix("bridge", cells("1", "1")).join());
    }

    @Test
    void aBridgeIsBoundedAndOfOneCall() {
        // Given: "a" and "b" differ by one, so they live in different shards.
        assertTrue(open("1", "a") && open("2", "a") && open("3", "b"));

        // When, Then
        assertTrue(node.setMatrix("bridge", cells("1", "2")).join());
        assertFalse(node.setMatrix("bridge", cells("1", "9")).join());
        assertTrue(node.setMatrix("bridge", List.of()).join());
        var tooMany = cells("1", "2", "2", "3");
        assertThrows(IllegalArgumentException.class, () -> node.setMatrix("bridge", tooMany));
        var twoCalls = cells("1", "3");
        assertThrows(IllegalArgumentException.class, () -> node.setMatrix("bridge", twoCalls));
        assertEquals("demo", node.identityOf("1").orElseThrow().tenantId());
    }
}
