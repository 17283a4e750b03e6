// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.proto.media.v1.ConfigureLegRequest;
import org.panacall.proto.media.v1.LegNotice;
import org.panacall.proto.media.v1.NodeDrains;
import org.panacall.proto.media.v1.NoticesLost;
import org.panacall.proto.media.v1.OpenLegRequest;
import org.panacall.sipingress.core.call.CallId;
import org.panacall.sipingress.core.call.Controller;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.command.Order;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.leg.LegPlan;
import org.panacall.sipingress.core.leg.LegRole;

/** A media node dies, is restarted or drains: its legs are opened anew and their parties told. */
@QuarkusTest
@QuarkusTestResource(Neighbours.class)
class MediaLossTest {

    private static final Controller IVR = new Controller(Controller.Kind.IVR, "ivr-1");
    private static final String SDP =
            String.join(
                    "\r\n",
                    "v=0",
                    "o=party 1 1 IN IP4 127.0.0.2",
                    "s=-",
                    "c=IN IP4 127.0.0.2",
                    "t=0 0",
                    "m=audio 40000 RTP/AVP 0 8",
                    "");

    @Inject SipIngressApp app;
    @Inject IngressShard shard;

    @BeforeEach
    void ready() throws Exception {
        Neighbours.parties.talkTo(app.sipAddress());
        while (!shard.ask(core -> core.takesCalls()).get(10, TimeUnit.SECONDS)) Thread.onSpinWait();
        hangUp();
        Neighbours.forget();
    }

    @AfterEach
    void hangUp() throws Exception {
        shard.send(new IngressCommand.HangUpAll());
        while (shard.ask(core -> core.calls()).get(10, TimeUnit.SECONDS) > 0) Thread.onSpinWait();
    }

    private String answeredLeg() throws Exception {
        Neighbours.parties.ring("74950000100", SDP);
        var run = Neighbours.RUNS.poll(10, TimeUnit.SECONDS);
        var stamp = new Order.Stamp("answer-" + run.getCallId(), 0, IVR);
        shard.send(
                new Order.AnswerLeg(stamp, new CallId(run.getCallId()), new LegId(run.getLegId())));
        Neighbours.parties.hear(UserAgentOutput.Accepted.class);
        assertEquals(run.getLegId(), Neighbours.media.asked(OpenLegRequest.class).getLegId());
        return run.getLegId();
    }

    private void isAnchoredAnew(String leg) throws InterruptedException {
        var opened = Neighbours.media.asked(OpenLegRequest.class);
        assertEquals(leg, opened.getLegId());
        assertEquals("127.0.0.2", opened.getSettings().getRemoteAddress());
        var offered = Neighbours.parties.hear(UserAgentOutput.Reinvited.class);
        assertTrue(offered.sdp().orElseThrow().contains("m=audio 24000 RTP/AVP 8 0 101"));
        var answer = SDP.replace("m=audio 40000", "m=audio 40002");
        Neighbours.parties.send(new UserAgentCommand.AcceptReinvite(offered.leg(), answer));
        var configured = Neighbours.media.asked(ConfigureLegRequest.class);
        assertEquals(40_002, configured.getSettings().getRemoteRtpPort());
    }

    @Test
    void aNodeThatDiesAndComesBackIsAskedForItsLegsAgain() throws Exception {
        // Given
        var leg = answeredLeg();
        // When
        Neighbours.mediaNode.stop();
        awaitMoving();
        Neighbours.mediaNode.start();
        // Then
        isAnchoredAnew(leg);
    }

    @Test
    void aLegThatIsAddedWhereTheNodeHasJustDiedGoesWhereItsCallGoes() throws Exception {
        // Given
        var caller = answeredLeg();
        var call = shard.ask(core -> core.callsAfter(new CallId("_")).iterator().next().id());
        Neighbours.mediaNode.stop();
        // When
        var target = new LegPlan.Target.Extension("103");
        var leg = new LegId("added-" + caller);
        var plan = new LegPlan(leg, LegRole.AGENT, target, "", "", Duration.ofSeconds(15), "");
        shard.send(new Order.AddLeg(new Order.Stamp("add-" + caller, 0, IVR), call.get(), plan));
        awaitMoving();
        Neighbours.mediaNode.start();
        // Then
        var opened = new ArrayList<String>();
        opened.add(Neighbours.media.asked(OpenLegRequest.class).getLegId());
        opened.add(Neighbours.media.asked(OpenLegRequest.class).getLegId());
        assertTrue(opened.containsAll(List.of(caller, leg.value())), opened::toString);
    }

    private void awaitMoving() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!isMoving() && System.nanoTime() < end) Thread.onSpinWait();
        assertTrue(isMoving());
    }

    private boolean isMoving() throws Exception {
        return shard.ask(
                        core ->
                                List.copyOf(core.callsAfter(new CallId("_"))).stream()
                                        .anyMatch(call -> call.isMoving()))
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void aNodeOfAnotherStreamHasLostItsLegs() throws Exception {
        // Given
        Neighbours.media.tell(LegNotice.newBuilder().setNoticesLost(NoticesLost.newBuilder()));
        var leg = answeredLeg();
        // When
        Neighbours.media.restart();
        Neighbours.media.tell(LegNotice.newBuilder().setNoticesLost(NoticesLost.newBuilder()));
        // Then
        isAnchoredAnew(leg);
    }

    @Test
    void aNodeThatDrainsIsLeft() throws Exception {
        // Given
        var leg = answeredLeg();
        // When
        Neighbours.media.tell(LegNotice.newBuilder().setNodeDrains(NodeDrains.newBuilder()));
        // Then
        isAnchoredAnew(leg);
    }
}
