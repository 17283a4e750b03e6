// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.engine.effect.Lanes;
import org.panacall.engine.nats.NatsLink;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.IngressEffect;
import org.panacall.sipingress.core.plan.TenantId;

/** Where rooms are, agreed upon at a real NATS server. */
class RoomPlacesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private NatsServer server;
    private NatsLink link;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        link = new NatsLink(server.url(), "one", registry);
        Eventually.isTrue("connected", link::connected);
    }

    @AfterEach
    void stop() {
        link.close();
        server.close();
    }

    /** Where an instance that sees these nodes says that a room is. */
    private String place(String room, String... nodes) throws InterruptedException {
        var answers = new LinkedBlockingQueue<IngressCommand>();
        var lanes = new Lanes("rooms", 10, registry);
        var places = new RoomPlaces(link, lanes, answers::add, () -> List.of(nodes));
        places.place(new IngressEffect.PlaceRoom(new CallId("call_1"), new TenantId("demo"), room));
        var answer = answers.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        return ((IngressCommand.RoomPlaced) answer).node();
    }

    @Test
    void whoComesLaterFindsTheRoomWhereItIsWhateverElseHeSees() throws Exception {
        // Given
        var first = place("700", "media-1", "media-2");
        // When
        var second = place("700", "media-2", "media-1", "media-3", "media-4", "media-5");
        // Then
        assertEquals(first, second);
    }

    @Test
    void aRoomWhoseNodeIsAwayIsAtAnotherForAll() throws Exception {
        // Given
        var first = place("700", "media-1", "media-2");
        var other = first.equals("media-1") ? "media-2" : "media-1";
        // When
        var second = place("700", other);
        // Then
        assertEquals(other, second);
        assertEquals(other, place("700", "media-1", "media-2"), "it went back");
    }

    @Test
    void withoutNatsAllWhoSeeTheSameNodesChooseTheSame() throws Exception {
        // Given
        link.close();
        // When
        var one = place("700", "media-1", "media-2", "media-3");
        var other = place("700", "media-3", "media-2", "media-1");
        // Then
        assertEquals(one, other);
    }

    @Test
    void roomsAreSpreadAndStayWhereTheyAreWhenAnotherNodeIsLost() {
        // Given
        var nodes = List.of("127.0.0.1:9020", "127.0.0.1:9021", "127.0.0.1:9022");
        Map<String, Long> counts =
                IntStream.range(0, 300)
                        .mapToObj(room -> RoomPlaces.choice("demo." + room, nodes))
                        .collect(
                                Collectors.groupingBy(
                                        node -> node, TreeMap::new, Collectors.counting()));
        // Then
        assertEquals(3, counts.size());
        counts.values().forEach(count -> assertEquals(100, count, 40));
        for (int room = 0; room < 300; room++) {
            var before = RoomPlaces.choice("demo." + room, nodes);
            var after = RoomPlaces.choice("demo." + room, nodes.subList(0, 2));
            if (before.equals(nodes.getLast())) {
                assertNotEquals(before, after);
            } else {
                assertEquals(before, after);
            }
        }
    }
}
