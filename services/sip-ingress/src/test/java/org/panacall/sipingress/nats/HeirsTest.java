// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.engine.Journal;
import org.panacall.engine.Turn;
import org.panacall.engine.nats.Bucket;
import org.panacall.engine.nats.NatsLink;
import org.panacall.proto.sipingress.v1.HeirPlace;
import org.panacall.proto.sipingress.v1.Holding;
import org.panacall.simkit.Eventually;
import org.panacall.simkit.NatsServer;
import org.panacall.sipingress.core.adoption.StoredCall;
import org.panacall.sipingress.core.call.Call;
import org.panacall.sipingress.core.call.CallEvent;
import org.panacall.sipingress.core.call.CallFact;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Control;
import org.panacall.sipingress.core.leg.Direction;
import org.panacall.sipingress.core.leg.EndReason;
import org.panacall.sipingress.core.plan.TenantId;

/** What a dead holder leaves at a real NATS server, and who takes it. */
class HeirsTest {

    private static final TenantId TENANT = new TenantId("demo");

    private NatsServer server;
    private NatsLink link;
    private NatsLink otherLink;

    @BeforeEach
    void start() {
        server = NatsServer.start();
        link = new NatsLink(server.url(), "one", new SimpleMeterRegistry());
        otherLink = new NatsLink(server.url(), "other", new SimpleMeterRegistry());
        Eventually.isTrue("connected", () -> link.connected() && otherLink.connected());
    }

    @AfterEach
    void stop() {
        link.close();
        otherLink.close();
        server.close();
    }

    /** An heir that only remembers what it took. */
    private record Heir(
            String holder,
            Map<String, Holding> taken,
            AtomicBoolean fencedOff,
            AtomicInteger failures)
            implements Holders.Heritage {

        Heir(String holder) {
            this(holder, new ConcurrentHashMap<>(), new AtomicBoolean(), new AtomicInteger());
        }

        @Override
        public Holding ours() {
            return Holding.newBuilder().setHolder(holder).setInstance("of-" + holder).build();
        }

        @Override
        public long written() {
            return 7;
        }

        @Override
        public void begin() {}

        @Override
        public void take(String dead, Holding left) {
            if (failures.getAndDecrement() > 0) throw new IllegalStateException("not yet");
            taken.put(dead, left);
        }

        @Override
        public void forget() {}

        @Override
        public void fenced() {
            fencedOff().set(true);
        }
    }

    @Test
    void liveCallsAreFoundAndFinishedOnesAreNot() throws Exception {
        // Given
        var dead = stored(link, "sip-ingress-1", "sip-ingress-1.a");
        dead.begin();
        append(dead, started("call_1", 1), started("call_2", 1));
        append(dead, started("call_3", 1));
        append(dead, finished("call_2", 2), started("call_1", 2));
        // When
        var left =
                stored(otherLink, "sip-ingress-2", "sip-ingress-2.b")
                        .left("sip-ingress-1.a", key("sip-ingress-1"));
        // Then
        assertEquals(
                List.of("call_1 2", "call_3 1"),
                left.stream().map(call -> call.id() + " " + call.sequence()).sorted().toList());
        assertEquals("127.0.0.1:9010", left.getFirst().holding().address());
    }

    @Test
    void callsOfAnEarlierProcessOfTheNameAreNotTakenForThoseOfTheLater() throws Exception {
        // Given
        var before = stored(link, "sip-ingress-1", "sip-ingress-1.a");
        before.begin();
        append(before, started("call_1", 1));
        var after = stored(link, "sip-ingress-1", "sip-ingress-1.b");
        after.begin();
        append(after, started("call_2", 1));
        // Then
        var heir = stored(otherLink, "sip-ingress-2", "sip-ingress-2.c");
        assertEquals(
                "call_1", heir.left("sip-ingress-1.a", key("sip-ingress-1")).getFirst().id() + "");
        assertEquals(1, heir.left("sip-ingress-1.a", key("sip-ingress-1")).size());
        assertEquals(
                "call_2", heir.left("sip-ingress-1.b", key("sip-ingress-1")).getFirst().id() + "");
    }

    @Test
    void whatAnEarlierHeirWentOnWithOrEndedIsNotTakenAgain() throws Exception {
        // Given
        var dead = stored(link, "sip-ingress-1", "sip-ingress-1.a");
        dead.begin();
        append(dead, started("call_1", 1), started("call_2", 1), started("call_3", 1));
        var earlier = stored(otherLink, "sip-ingress-2", "sip-ingress-2.b");
        earlier.begin();
        append(earlier, started("call_4", 1));
        var place = HeirPlace.newBuilder().setInstance("sip-ingress-2").setAfter(earlier.written());
        // When: the earlier heir dies before it has marked the key as inherited
        append(earlier, started("call_1", 2), finished("call_2", 2));
        var key = key("sip-ingress-1").toBuilder().addHeirs(place).build();
        // Then
        var later = stored(otherLink, "sip-ingress-3", "sip-ingress-3.c");
        var left = later.left("sip-ingress-1.a", key);
        assertEquals(List.of("call_3"), left.stream().map(call -> call.id() + "").toList());
    }

    @Test
    void aCallThatEndsAsSoonAsItIsTakenOverIsNotWaitedFor() throws Exception {
        // Given
        var heir = stored(link, "sip-ingress-2", "sip-ingress-2.b");
        heir.begin();
        append(heir, started("call_1", 1));
        var taken = Set.of("call_1", "call_2", "call_3");
        heir.expect(taken);
        // When
        append(heir, finished("call_2", 2));
        assertFalse(heir.hasTold(taken));
        append(heir, started("call_3", 1));
        // Then
        assertTrue(heir.hasTold(taken));
    }

    @Test
    void aPeerIsTheHeirOfWhoFallsSilentAndNobodyOfWhoLives() {
        // Given
        var first = new Heir("sip-ingress-1.a");
        var second = new Heir("sip-ingress-2.b");
        var dying = new Holders(link, first.holder(), first);
        try (var peer = new Holders(otherLink, second.holder(), second)) {
            Eventually.isTrue("each sees the other", () -> dying.peersLive() && peer.peersLive());
            assertTrue(first.taken().isEmpty() && second.taken().isEmpty());
            // When
            dying.close();
            // Then
            Eventually.isTrue("taken", () -> second.taken().containsKey("sip-ingress-1.a"));
            var taken = second.taken().get("sip-ingress-1.a");
            assertEquals("of-sip-ingress-1.a", taken.getInstance());
            var place = HeirPlace.newBuilder().setInstance("sip-ingress-2").setAfter(7).build();
            assertEquals(List.of(place), taken.getHeirsList());
            Eventually.isTrue("alone", () -> !peer.peersLive());
        }
    }

    @Test
    void anHeirThatTriesAgainIsNamedOnce() {
        // Given
        var first = new Heir("sip-ingress-1.a");
        var second = new Heir("sip-ingress-2.b");
        second.failures().set(2);
        var dying = new Holders(link, first.holder(), first);
        try (var peer = new Holders(otherLink, second.holder(), second)) {
            Eventually.isTrue("each sees the other", () -> dying.peersLive() && peer.peersLive());
            // When
            dying.close();
            // Then
            Eventually.isTrue("taken", () -> second.taken().containsKey("sip-ingress-1.a"));
            assertEquals(1, second.taken().get("sip-ingress-1.a").getHeirsCount());
        }
    }

    @Test
    void theProcessThatIsStartedAgainIsTheHeirOfTheOneBefore() {
        // Given
        var before = new Heir("sip-ingress-1.a");
        var dying = new Holders(link, before.holder(), before);
        Eventually.isTrue("known", () -> keyOf("sip-ingress-1.a"));
        dying.close();
        // When
        var after = new Heir("sip-ingress-1.b");
        try (var restarted = new Holders(otherLink, after.holder(), after)) {
            // Then
            Eventually.isTrue("taken", () -> after.taken().containsKey("sip-ingress-1.a"));
            Eventually.isTrue("alone", () -> !restarted.peersLive());
        }
    }

    @Test
    void whoWasOnlyAsleepLearnsThatHisCallsAreGone() throws Exception {
        // Given
        var sleeper = new Heir("sip-ingress-1.a");
        try (var asleep = new Holders(link, sleeper.holder(), sleeper)) {
            Eventually.isTrue("known", () -> keyOf("sip-ingress-1.a"));
            // When: as if an heir had come and gone while he slept
            var taken = sleeper.ours().toBuilder().setHeir("sip-ingress-2.b").setInherited(true);
            new Bucket(otherLink, "panacall_sip_ingress_holders", Duration.ofSeconds(2))
                    .open()
                    .put("sip-ingress-1.a", taken.build().toByteArray());
            // Then
            Eventually.isTrue("fenced", sleeper.fencedOff()::get);
            assertFalse(asleep.peersLive());
        }
    }

    private boolean keyOf(String holder) {
        try {
            return Keys.of(otherLink, "panacall_sip_ingress_holders").contains(holder);
        } catch (java.io.IOException | io.nats.client.JetStreamApiException notYet) {
            return false;
        }
    }

    private static StoredCalls stored(NatsLink link, String instance, String holder) {
        var codec = new FactCodec(instance, holder, "127.0.0.1:9010");
        return new StoredCalls(link, instance, holder, codec);
    }

    private static Holding key(String instance) {
        return Holding.newBuilder().setInstance(instance).build();
    }

    private static void append(StoredCalls journal, CallFact... facts) {
        journal.append(new Turn<>(Instant.EPOCH, List.of(facts)), Journal.ANY);
    }

    private static CallFact started(String call, long sequence) {
        var stored =
                new StoredCall(
                        new CallId(call),
                        new StoredCall.Tenancy(TENANT, "panacall.test", "ru"),
                        sequence,
                        new StoredCall.Holding("", "", List.of()),
                        new Call.Facts(Direction.INBOUND, "", "", "", "", Optional.empty(), ""),
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        new Control.Nobody(),
                        List.of(),
                        new StoredCall.Talks(List.of(), List.of(), List.of(), Optional.empty()),
                        Optional.empty());
        return fact(call, sequence, new CallEvent.CallStored(stored));
    }

    private static CallFact finished(String call, long sequence) {
        return fact(
                call,
                sequence,
                new CallEvent.CallFinished(EndReason.us("too-long"), Instant.EPOCH));
    }

    private static CallFact fact(String call, long sequence, CallEvent event) {
        return new CallFact(new CallId(call), TENANT, sequence, Instant.EPOCH, "", event);
    }
}
