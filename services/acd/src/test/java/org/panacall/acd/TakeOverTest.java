// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.acd.core.AcdCommand;
import org.panacall.acd.core.Refusal;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.CallId;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.defaults.Peers;
import org.panacall.defaults.ServiceToken;
import org.panacall.proto.call.v1.Controller;
import org.panacall.proto.call.v1.ControllerKind;
import org.panacall.proto.sipingress.v1.AddLegRequest;
import org.panacall.proto.sipingress.v1.CallNotice;
import org.panacall.proto.sipingress.v1.JoinLegsRequest;
import org.panacall.proto.sipingress.v1.LegAnswered;
import org.panacall.proto.sipingress.v1.LegState;
import org.panacall.proto.sipingress.v1.LiveCall;
import org.panacall.proto.sipingress.v1.LiveLeg;
import org.panacall.simkit.Eventually;

/** Two instances of acd among a real nats-server and a sip-ingress that we play. */
class TakeOverTest {

    /** One instance, without its server. */
    private static final class Instance {
        private final Tenants tenants = new Tenants();
        private final AcdApp app;

        private Instance(Map<String, String> settings) {
            var config =
                    new SmallRyeConfigBuilder()
                            .addDefaultInterceptors()
                            .addDiscoveredConverters()
                            .withMapping(AcdConfig.class)
                            .withMappingIgnore("panacall.**")
                            .withSources(new PropertiesConfigSource(settings, "test", 500))
                            .build()
                            .getConfigMapping(AcdConfig.class);
            var token = new ServiceToken(Surroundings.TOKEN);
            var peers = new Peers(token, Duration.ofSeconds(10), 16);
            app = new AcdApp(config, tenants, peers, new SimpleMeterRegistry());
            app.start(new StartupEvent());
        }

        private Optional<AcdMailbox> leading() {
            return tenants.find(Surroundings.TENANT).flatMap(TenantShard::leading);
        }

        private void stop() {
            app.stop(new ShutdownEvent());
        }
    }

    private Surroundings surroundings;

    @BeforeEach
    void start() {
        surroundings = new Surroundings();
    }

    @AfterEach
    void stop() {
        surroundings.close();
    }

    private Instance instance(String name) {
        return new Instance(surroundings.settings(name, name + ":9040"));
    }

    private Optional<Refusal> enqueue(Instance instance, String name) throws Exception {
        var caller =
                new Caller(
                        new LegId("leg_" + name),
                        new PartyNumber("+79160000001"),
                        new PartyNumber("+74950000101"),
                        true,
                        new SipIngress(surroundings.sipIngressAddress()),
                        Map.of());
        surroundings.sipIngress.hold(live(name));
        var queue = new AcdCommand.Destination.Queue(new QueueId("registry"));
        var command = new AcdCommand.EnqueueCall(new CallId("call_" + name), caller, queue, "");
        return instance.leading().orElseThrow().send(command).get(5, TimeUnit.SECONDS);
    }

    private static LiveCall live(String name) {
        return LiveCall.newBuilder()
                .setCallId("call_" + name)
                .setTenantId(Surroundings.TENANT)
                .setController(
                        Controller.newBuilder()
                                .setKind(ControllerKind.CONTROLLER_KIND_ACD)
                                .setInstance(Surroundings.TENANT))
                .addLegs(
                        LiveLeg.newBuilder()
                                .setLegId("leg_" + name)
                                .setState(LegState.LEG_STATE_ANSWERED))
                .build();
    }

    @Test
    void anotherInstanceGoesOnWithinThreeSecondsAndNobodyIsRungTwice() throws Exception {
        // Given
        surroundings.phone("103", 600);
        var first = instance("acd-1");
        Eventually.isTrue("the first leads", () -> first.leading().isPresent());
        enqueue(first, "a");
        enqueue(first, "b");
        var rung = surroundings.sipIngress.next(AddLegRequest.class);
        var second = instance("acd-2");
        surroundings.sipIngress.forgetOrders();

        // When
        var begun = System.nanoTime();
        first.stop();
        var again = surroundings.sipIngress.next(AddLegRequest.class);
        var took = Duration.ofNanos(System.nanoTime() - begun);

        // Then
        assertEquals(rung.getEffect().getEffectId(), again.getEffect().getEffectId());
        assertEquals("call_a", again.getCallId());
        assertTrue(again.getEffect().getEpoch() > rung.getEffect().getEpoch());
        assertTrue(took.compareTo(Duration.ofSeconds(3)) <= 0, () -> "took " + took);
        answer(again);
        var join = surroundings.sipIngress.next(JoinLegsRequest.class);
        assertEquals(again.getLeg().getLegId(), join.getOtherLegId());
        second.stop();
    }

    private void answer(AddLegRequest rung) {
        Eventually.isTrue("watched", () -> surroundings.sipIngress.watched(Surroundings.TENANT));
        surroundings.sipIngress.tell(
                Surroundings.TENANT,
                CallNotice.newBuilder()
                        .setCallId(rung.getCallId())
                        .setLegAnswered(
                                LegAnswered.newBuilder().setLegId(rung.getLeg().getLegId())));
    }

    @Test
    void whatWasToldWhileTheStreamWasCutIsHeardAfterwards() throws Exception {
        // Given
        surroundings.phone("103", 600);
        var instance = instance("acd-1");
        Eventually.isTrue("it leads", () -> instance.leading().isPresent());
        enqueue(instance, "a");
        var rung = surroundings.sipIngress.next(AddLegRequest.class);
        Eventually.isTrue("watched", () -> surroundings.sipIngress.watched(Surroundings.TENANT));

        // When
        surroundings.sipIngress.cut();
        surroundings.sipIngress.tell(
                Surroundings.TENANT,
                CallNotice.newBuilder()
                        .setCallId("call_a")
                        .setLegAnswered(
                                LegAnswered.newBuilder().setLegId(rung.getLeg().getLegId())));

        // Then
        var join = surroundings.sipIngress.next(JoinLegsRequest.class);
        assertEquals("leg_a", join.getLegId());
        instance.stop();
    }

    @Test
    void callsOfASipIngressThatStaysAwayAreLostButNotAtOnce() throws Exception {
        // Given
        var instance = instance("acd-1");
        Eventually.isTrue("it leads", () -> instance.leading().isPresent());
        enqueue(instance, "a");
        Eventually.isTrue("watched", () -> surroundings.sipIngress.watched(Surroundings.TENANT));

        // When
        var begun = System.nanoTime();
        surroundings.vanish();
        Eventually.isTrue("the call is over", () -> calls(instance) == 0);
        var took = Duration.ofNanos(System.nanoTime() - begun);

        // Then
        assertTrue(took.compareTo(Duration.ofSeconds(2)) >= 0, () -> "took " + took);
        instance.stop();
    }

    private static int calls(Instance instance) throws Exception {
        return instance.leading()
                .orElseThrow()
                .ask(acd -> acd.calls().size())
                .get(5, TimeUnit.SECONDS);
    }

    @Test
    void eventsAndReadingsOfTheEdgeMakeAgentsReadyAndALostEdgeDoesNot() throws Exception {
        // Given
        var instance = instance("acd-1");
        Eventually.isTrue("it leads", () -> instance.leading().isPresent());
        surroundings.edgeAway(true);
        Eventually.isTrue("hears of 104", () -> hears104(instance));
        surroundings.edgeAway(false);
        surroundings.phone("103", 600);

        // When
        Eventually.isTrue("reads of 103", () -> registered(instance, "103"));
        surroundings.edgeAway(true);

        // Then
        assertTrue(registered(instance, "103"));
        instance.stop();
    }

    private boolean hears104(Instance instance) throws Exception {
        surroundings.edgeSays(
                "{\"event\":\"registered\",\"user\":\"104\",\"domain\":\"panacall.test\","
                        + "\"contactId\":\"uloc-1\",\"expires\":60}");
        return registered(instance, "104");
    }

    private static boolean registered(Instance instance, String extension) throws Exception {
        return instance.leading()
                .orElseThrow()
                .ask(
                        acd ->
                                acd.agents().stream()
                                        .filter(a -> a.extension().value().equals(extension))
                                        .anyMatch(a -> a.registered()))
                .get(5, TimeUnit.SECONDS);
    }
}
