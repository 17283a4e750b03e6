// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;

class LeadershipTest {

    /** A term that only remembers. */
    private record Term(long epoch, CompletableFuture<Void> ended, CompletableFuture<Void> closed)
            implements Leadership.Term {
        Term(long epoch) {
            this(epoch, new CompletableFuture<>(), new CompletableFuture<>());
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }

    private NatsServer server;
    private NatsLink link;
    private NatsLink otherLink;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        link = new NatsLink(server.url(), "one", new SimpleMeterRegistry());
        otherLink = new NatsLink(server.url(), "other", new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() {
        link.close();
        otherLink.close();
        server.close();
    }

    @Test
    void oneLeadsTheOtherKnowsWhoAndTakesOverWhenTheFirstLeaves() {
        // Given
        var first = leadership(link, "first:1");
        Eventually.isTrue("the first leads", () -> first.current().isPresent());
        var firstEpoch = first.current().orElseThrow().epoch();
        try (var second = leadership(otherLink, "second:2")) {
            Eventually.isTrue(
                    "the second knows", () -> second.leader().equals(Optional.of("first:1")));
            assertFalse(second.current().isPresent());

            // When
            first.close();

            // Then
            Eventually.isTrue("the second leads", () -> second.current().isPresent());
            assertTrue(second.current().orElseThrow().epoch() > firstEpoch);
            assertEquals(Optional.of("second:2"), second.leader());
        }
    }

    @Test
    void aLeaderWhoLostTheServerStopsBeforeAnotherMayLead() {
        // Given
        try (var first = leadership(link, "first:1")) {
            Eventually.isTrue("the first leads", () -> first.current().isPresent());
            var term = first.current().orElseThrow();
            try (var second = leadership(otherLink, "second:2")) {
                // When
                link.close();

                // Then
                Eventually.isTrue("the second leads", () -> second.current().isPresent());
                assertTrue(term.closed().isDone());
            }
        }
    }

    @Test
    void aTermThatEndsByItselfIsFollowedByAnotherWithANewerEpoch() {
        // Given
        try (var only = leadership(link, "only:1")) {
            Eventually.isTrue("it leads", () -> only.current().isPresent());
            var term = only.current().orElseThrow();

            // When
            term.ended().complete(null);

            // Then
            Eventually.isTrue(
                    "it leads anew",
                    () -> only.current().filter(later -> later != term).isPresent());
            assertTrue(only.current().orElseThrow().epoch() > term.epoch());
            assertTrue(term.closed().isDone());
        }
    }

    @Test
    void aLeaseOutlivesTheServersRestart() {
        // Given
        try (var only = leadership(link, "only:1")) {
            Eventually.isTrue("it leads", () -> only.current().isPresent());
            var epoch = only.current().orElseThrow().epoch();

            // When
            server.kill();
            Eventually.isTrue("it stopped leading", () -> only.current().isEmpty());
            server.restart();

            // Then
            Eventually.isTrue("it leads again", () -> only.current().isPresent());
            assertTrue(only.current().orElseThrow().epoch() > epoch);
        }
    }

    private static Leadership<Term> leadership(NatsLink link, String holder) {
        var settings =
                new LeaseSettings(
                        "TEST_LEASES",
                        "shard",
                        holder,
                        Duration.ofMillis(100),
                        Duration.ofMillis(600));
        return new Leadership<>(link, settings, Term::new, new SimpleMeterRegistry());
    }
}
