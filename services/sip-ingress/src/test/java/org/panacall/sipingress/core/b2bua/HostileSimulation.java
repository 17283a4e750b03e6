// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.simkit.hostile.SipMutator;
import org.panacall.simkit.hostile.SipSamples;
import org.panacall.sipingress.core.command.IngressCommand;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.message.MessageParser;
import org.panacall.sipingress.core.message.MessageParser.Outcome;
import org.panacall.sipingress.core.sdp.Bodies;

/**
 * Broken messages by seed, alone and in the midst of calls. Nothing throws, what is sent is sound,
 * good calls succeed, and when time-outs are over nothing is left, with nobody having cleared up.
 */
class HostileSimulation {

    private static final int ROUNDS = 3;
    private static final int CALLS = 25;
    private static final int PER_ROUND = 100;
    private static final SipSamples SAMPLES =
            new SipSamples(
                    World.DOMAIN,
                    "127.0.0.1",
                    5080,
                    """
                    Via: SIP/2.0/UDP 127.0.0.2:5060;rport=5060;branch=z9hG4bKcarrier
                    Record-Route: <sip:127.0.0.1:5080;r2=on;lr>,<sip:127.0.0.1;r2=on;lr>
                    X-Panacall-Source: carrier;name=demo
                    """);
    private static final List<String> OWN_FAULTS =
            List.of(
                    "start-line",
                    "status line",
                    "Malformed header line",
                    "Control character in a header",
                    "Missing empty line",
                    "Content-Length mismatch");

    @Test
    void aGoodCallSucceedsAfterEachHundredBrokenMessagesAndNothingIsLeft() {
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    var world = new World();
                    var mutator = new SipMutator(dice);
                    int taken = 0;
                    for (int i = 0; i < ROUNDS * PER_ROUND; i++) {
                        world.receive(mutator.mutate(SAMPLES.next(dice, "" + i)));
                        world.run(dice.wait(Duration.ofMillis(50)));
                        taken += world.core().calls();
                        assertTrue(world.core().calls() <= PER_ROUND * ROUNDS);
                        if (i % PER_ROUND == PER_ROUND - 1) aGoodCallSucceeds(world);
                    }
                    // 64*T1 for the ACK, as long for the BYE, and what a controller may take.
                    world.run(Duration.ofMinutes(10));
                    world.verifyNothingIsLeft();
                    assertEquals(0, world.transactions(), "transactions left");
                    assertTrue(taken > 0, "none of it looked like a call");
                });
    }

    @Test
    void callsWhoseMessagesAreBrokenOnTheWayAllEnd() {
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    var world = new World();
                    var mutator = new SipMutator(dice);
                    var parties = new WhimsicalParties(world, dice);
                    var controllers = new WhimsicalControllers(world, dice);
                    double share = dice.oneOf(List.of(0.05, 0.3));
                    world.disturb(
                            datagram -> dice.chance(share) ? mutator.mutate(datagram) : datagram);
                    world.tapWire(HostileSimulation::assertSound);
                    for (int call = 0; call < CALLS; call++) {
                        parties.ring();
                        world.run(dice.wait(Duration.ofSeconds(1)));
                    }
                    world.disturb(datagram -> datagram);
                    world.run(Duration.ofHours(1));
                    world.send(new IngressCommand.HangUpAll());
                    world.run(Duration.ofMinutes(10));
                    world.verifyNothingIsLeft();
                    assertEquals(0, world.transactions(), "transactions left");
                    assertTrue(controllers.held().isEmpty(), "ghosts at controllers");
                });
    }

    /** Whatever came, what we say has no line that we did not mean. */
    private static void assertSound(byte[] datagram) {
        var outcome = new MessageParser(MessageParser.Limits.STANDARD).parse(datagram);
        var flaw = outcome instanceof Outcome.Unusable(var what) ? what : "";
        assertFalse(OWN_FAULTS.contains(flaw), flaw);
    }

    private static void aGoodCallSucceeds(World world) {
        var caller = world.ring(World.CARRIER, "74950000199", Optional.of(Bodies.BOTH));
        world.run(Duration.ofSeconds(1));
        assertTrue(
                world.heard().stream()
                        .anyMatch(
                                heard ->
                                        heard instanceof UserAgentOutput.Accepted accepted
                                                && accepted.leg().equals(caller)),
                "a good call failed");
        world.party(new UserAgentCommand.Bye(caller, Optional.empty()));
        world.heard().clear();
    }
}
