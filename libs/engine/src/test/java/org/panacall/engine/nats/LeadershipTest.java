// SPDX-License-Identifier: Apache-2.0
package org.panacall.engine.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
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
        // Given: as on a platform, with half a second between the one's end and the other's begin.
        try (var first = leadership(LeaseSettings.of("TEST_LEASES", "shard", "first:1"), link)) {
            Eventually.isTrue("the first leads", () -> first.current().isPresent());
            var term = first.current().orElseThrow();
            var settings = LeaseSettings.of("TEST_LEASES", "shard", "second:2");
            try (var second = leadership(settings, otherLink)) {
                // When
                link.close();

                // Then
                Eventually.isTrue("the second leads", () -> second.current().isPresent());
                assertTrue(term.closed().isDone());
            }
        }
    }

    @Test
    void aDeadProcesssLeaseIsTakenSoonAndThatOfOneWhoStillListensIsNot() throws Exception {
        // Given
        var here = InetAddress.getLoopbackAddress();
        var left = new ServerSocket(0, 50, here);
        try (var door = new ServerSocket(0, 50, here);
                var alive = patient("listens", "127.0.0.1:" + door.getLocalPort());
                var dead = patient("gone", "127.0.0.1:" + left.getLocalPort())) {
            Eventually.isTrue(
                    "both lead", () -> alive.current().isPresent() && dead.current().isPresent());

            // When
            left.close();
            link.close();

            // Then
            try (var heir = patient(otherLink, "gone", "heir:1");
                    var waiting = patient(otherLink, "listens", "heir:1")) {
                Eventually.isTrue("the heir leads", () -> heir.current().isPresent());
                assertTrue(waiting.current().isEmpty());
            }
        }
    }

    private Leadership<Term> patient(String shard, String holder) {
        return patient(link, shard, holder);
    }

    /** One that takes from the living only after longer than a test may last. */
    private static Leadership<Term> patient(NatsLink link, String shard, String holder) {
        var bumpEvery = Duration.ofMillis(100);
        var settings =
                new LeaseSettings(
                        "TEST_LEASES", shard, holder, bumpEvery, Duration.ofMinutes(5), false);
        return new Leadership<>(link, settings, Term::new, new SimpleMeterRegistry());
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

    @Test
    void aProcessThatIsStartedAgainTakesItsOwnLeaseAtOnce() {
        // Given
        try (var dead = leadership(link, "same:1")) {
            Eventually.isTrue("it leads", () -> dead.current().isPresent());
            link.close();

            // When
            try (var other = patient(otherLink, "shard", "other:2");
                    var again = leadership(otherLink, "same:1")) {

                // Then
                Eventually.isTrue("it leads again", () -> again.current().isPresent());
                assertFalse(other.current().isPresent());
            }
        }
    }

    @Test
    void anHeirTakesWhatTheDeadLeftAndNotWhatWasGivenUp() {
        // Given
        var lost = new CompletableFuture<Void>();
        var givenUp = new Claim(link, settings("given-up", "owner:1"), () -> {});
        var left = new Claim(link, settings("left", "owner:1"), () -> lost.complete(null));
        var opened = new ConcurrentSkipListSet<String>();
        try (var _ = inheritance(opened)) {
            Eventually.isTrue("both are known", () -> contended.size() == 2);

            // When
            givenUp.close();
            link.close();

            // Then
            Eventually.isTrue("the heir has it", () -> opened.contains("left"));
            assertEquals(Set.of("left"), opened);
        }
        left.close();
    }

    @Test
    void anOwnerGoesOnWithoutTheServerAndIsToldWhenHisShardIsTaken() throws Exception {
        // Given
        var lost = new CompletableFuture<Void>();
        try (var _ = new Claim(link, settings("mine", "owner:1"), () -> lost.complete(null))) {
            var bucket = new Bucket(otherLink, "TEST_LEASES", Duration.ofSeconds(1));
            Eventually.isTrue("it is claimed", () -> claimed(bucket));
            server.kill();
            Eventually.isTrue("the server is gone", () -> !otherLink.connected());
            server.restart();
            Eventually.isTrue("it is bumped again", () -> claimed(bucket));
            assertFalse(lost.isDone());

            // When
            bucket.open().put("mine", "somebody other:2".getBytes(StandardCharsets.UTF_8));

            // Then
            lost.get(10, TimeUnit.SECONDS);
        }
    }

    private boolean claimed(Bucket bucket) {
        try {
            return otherLink.connected() && bucket.open().get("mine") != null;
        } catch (IOException | JetStreamApiException | IllegalStateException notYet) {
            return false;
        }
    }

    private final ConcurrentSkipListSet<String> contended = new ConcurrentSkipListSet<>();

    private Inheritance inheritance(ConcurrentSkipListSet<String> opened) {
        return new Inheritance(
                otherLink,
                "TEST_LEASES",
                shard -> {
                    contended.add(shard);
                    return new Leadership<>(
                            otherLink,
                            LeaseSettings.of("TEST_LEASES", shard, "heir:2").asHeir(),
                            epoch -> {
                                opened.add(shard);
                                return new Term(epoch);
                            },
                            new SimpleMeterRegistry());
                });
    }

    private static LeaseSettings settings(String shard, String holder) {
        return new LeaseSettings(
                "TEST_LEASES",
                shard,
                holder,
                Duration.ofMillis(100),
                Duration.ofMillis(600),
                false);
    }

    private static Leadership<Term> leadership(NatsLink link, String holder) {
        return leadership(settings("shard", holder), link);
    }

    private static Leadership<Term> leadership(LeaseSettings settings, NatsLink link) {
        return new Leadership<>(link, settings, Term::new, new SimpleMeterRegistry());
    }
}
