// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.panacall.acd.Wording;
import org.panacall.acd.core.Acd;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.AcdEffect;
import org.panacall.acd.core.AcdEvent;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.call.QueuedCall;
import org.panacall.acd.core.call.Sound;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.CountedIds;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.FewestAnswered;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.match.Strategy;
import org.panacall.acd.core.plan.Limits;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.engine.Turn;
import org.panacall.proto.acd.v1.CallQueued;
import org.panacall.proto.acd.v1.KeptQueuedCall;
import org.panacall.proto.acd.v1.TenantSnapshot;

/** What a release wrote that knew nothing of terms, and of misses no number. */
class OlderReleaseTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final QueueId REGISTRY = new QueueId("registry");
    private static final AgentId ANNA = new AgentId("anna");
    private static final CallId CALL = new CallId("call_1");
    private static final Extension EXTENSION = new Extension("103");
    private static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");

    private final CountedIds ids = new CountedIds();

    private static TenantPlan plan(Strategy strategy) {
        var rules = new QueuePlan.Rules(strategy, Duration.ofSeconds(15), Duration.ofSeconds(30));
        var members = List.of(Member.of(EXTENSION, 0));
        var registry = new QueuePlan(REGISTRY, "", "601", rules, 10, "", members);
        var anna = new PersonPlan(ANNA, EXTENSION, "Anna", true, Duration.ZERO);
        return new TenantPlan(new PartyNumber("100"), List.of(registry), List.of(anna));
    }

    private Acd leader(Strategy strategy, long epoch) {
        var leadership = new Acd.Leadership(epoch, "acd-" + epoch);
        return new Acd(plan(strategy), Limits.usual(), ids, leadership);
    }

    @Test
    void aSnapshotOfItIsGoneOnFrom() {
        // Given
        var until = NOW.plusSeconds(20);
        var queued =
                CallQueued.newBuilder()
                        .setQueueId("registry")
                        .setLegId("leg_1")
                        .setPlayId("play_1")
                        .setSipIngress(INGRESS.address());
        var call =
                KeptQueuedCall.newBuilder()
                        .setCallId("call_1")
                        .setSequence(3)
                        .setQueued(queued)
                        .setQueuedAt(Wording.time(NOW))
                        .setArrival(1)
                        .putMissed("anna", Wording.time(until))
                        .setSince(Wording.time(NOW));
        var snapshot =
                TenantSnapshot.newBuilder()
                        .setVersion(1)
                        .setEpoch(1)
                        .setArrivals(1)
                        .addQueuedCalls(call);
        var acd = leader(new FewestAnswered(Duration.ofHours(1)), 2);

        // When
        acd.restore(KeptForm.read(snapshot.build().toByteArray()));

        // Then
        var waiting = (QueuedCall) acd.call(CALL).orElseThrow();
        assertEquals(1, waiting.timesMissed(ANNA));
        assertTrue(waiting.goesToOthersFirst(ANNA, until.minusMillis(1)));
        assertTrue(countsFromNowOn(acd));
    }

    /** It knew nothing of announcements either. */
    @Test
    void whoWaitedThenHearsMusicAfterHisCallWasAdopted() {
        // Given
        var before = leader(new LongestIdle(), 1);
        before.tick(NOW);
        before.handle(arrival(), NOW).events();
        var snapshot = older(KeptForm.write(before.kept()));
        var acd = leader(new LongestIdle(), 2);
        acd.restore(KeptForm.read(snapshot));
        acd.tick(NOW);

        // When
        var heir = new SipIngress("127.0.0.1:9011");
        var adopted = acd.handle(new AcdCommand.HearCallAdopted(CALL, heir), NOW);

        // Then
        assertEquals(
                1,
                adopted.effects().stream()
                        .filter(AcdEffect.Play.class::isInstance)
                        .map(AcdEffect.Play.class::cast)
                        .filter(play -> play.sound() instanceof Sound.Music)
                        .count());
    }

    private static byte[] older(byte[] snapshot) {
        try {
            return TenantSnapshot.parseFrom(snapshot).toBuilder()
                    .clearListenings()
                    .clearExperiences()
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    @Test
    void aJournalOfItIsGoneOnFrom() {
        // Given: longest idle counts nothing, and was all that there was.
        var before = leader(new LongestIdle(), 1);
        var events = new ArrayList<AcdEvent>(before.tick(NOW).events());
        var leases = Map.of(EXTENSION, Duration.ofHours(1));
        var register = new AcdCommand.RenewRegistrations(leases, false);
        events.addAll(before.handle(register, NOW).events());
        events.addAll(before.handle(arrival(), NOW).events());
        var codec = new AcdCodec("demo", 1);
        var journal = codec.decode(codec.encode(new Turn<>(NOW, events)));
        var acd = leader(new FewestAnswered(Duration.ofHours(1)), 2);

        // When
        journal.events().forEach(acd::apply);

        // Then
        assertTrue(events.stream().noneMatch(AcdEvent.TermsChanged.class::isInstance));
        assertTrue(((QueuedCall) acd.call(CALL).orElseThrow()).offerTo(ANNA).isPresent());
        assertTrue(countsFromNowOn(acd));
    }

    private static AcdCommand arrival() {
        var number = new PartyNumber("+79160000001");
        var caller = new Caller(new LegId("leg_0"), number, number, true, INGRESS, Map.of());
        var destination = new AcdCommand.Destination.Queue(REGISTRY);
        return new AcdCommand.EnqueueCall(CALL, caller, destination, "");
    }

    private static boolean countsFromNowOn(Acd acd) {
        return acd.tick(NOW).events().stream()
                .filter(AcdEvent.TermsChanged.class::isInstance)
                .anyMatch(event -> ((AcdEvent.TermsChanged) event).terms().counts());
    }
}
