// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.b2bua;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.panacall.simkit.Dice;
import org.panacall.sipingress.core.dialog.LegId;
import org.panacall.sipingress.core.dialog.UserAgentCommand;
import org.panacall.sipingress.core.dialog.UserAgentOutput;
import org.panacall.sipingress.core.sdp.Bodies;

/** Callers, agents and strangers who do what people do: ring, refuse, hold, forget, hang up. */
final class WhimsicalParties {

    private static final List<String> CARRIER_DIALS =
            List.of("74950000100", "+74950000101", "74950000199", "74950000000");
    private static final List<String> PHONE_DIALS =
            List.of("601", "103", "999", "*11", "+79031112233", "777");
    private static final List<String> OFFERS =
            List.of(Bodies.A_LAW, Bodies.MU_LAW, Bodies.BOTH, Bodies.G729, Bodies.BROKEN);

    private static final List<Integer> REFUSALS = List.of(488, 491, 500, 503, 603);

    private final World world;
    private final Dice dice;
    private final double[] moods;
    private final LinkedHashSet<LegId> alive = new LinkedHashSet<>();
    private final LinkedHashSet<LegId> talking = new LinkedHashSet<>();

    WhimsicalParties(World world, Dice dice) {
        this.world = world;
        this.dice = dice;
        moods = dice.swarm(6);
        world.partiesAre(this::hear);
    }

    void ring() {
        boolean phone = dice.chance(0.3);
        var dialled = dice.oneOf(phone ? PHONE_DIALS : CARRIER_DIALS);
        var offer =
                dice.chance(0.1)
                        ? Optional.<String>empty()
                        : Optional.of(OFFERS.get(dice.chance(0.8) ? dice.below(3) : dice.below(5)));
        var leg = world.ring(phone ? World.PHONE : World.CARRIER, dialled, offer);
        alive.add(leg);
        // Some lose patience before anything happens, some late.
        later(dice.chance(0.3) ? 3 : 120, () -> leave(leg));
    }

    private void later(int meanSeconds, Runnable act) {
        world.agenda().in(dice.wait(Duration.ofSeconds(meanSeconds)), act);
    }

    private void leave(LegId leg) {
        if (!alive.contains(leg)) return;
        world.party(
                talking.contains(leg)
                        ? new UserAgentCommand.Bye(leg, Optional.empty())
                        : new UserAgentCommand.Cancel(leg, Optional.empty()));
    }

    private void hear(UserAgentOutput output) {
        switch (output) {
            case UserAgentOutput.Invited(var leg, var invitation) -> invited(leg);
            case UserAgentOutput.Accepted(var leg, var sdp) -> {
                talking.add(leg);
                if (sdp.isPresent()) answerOffer(leg);
                later(60, () -> hold(leg));
            }
            case UserAgentOutput.ReinviteAccepted(var leg, var sdp) -> answerOffer(leg);
            case UserAgentOutput.Reinvited(var leg, var sdp) -> reinvited(leg);
            case UserAgentOutput.Acknowledged(var leg, var sdp) -> later(40, () -> hold(leg));
            case UserAgentOutput.Ended(var leg) -> {
                alive.remove(leg);
                talking.remove(leg);
            }
            default -> {
                // Nothing that a person would react to.
            }
        }
    }

    /** Their side of an offer of ours; the user agent refuses it where there was none. */
    private void answerOffer(LegId leg) {
        var answer = dice.chance(0.9) ? Optional.of(Bodies.A_LAW) : Optional.<String>empty();
        world.party(new UserAgentCommand.Acknowledge(leg, answer));
    }

    /** Most take another address of ours, some do not like it, some say nothing for too long. */
    private void reinvited(LegId leg) {
        if (dice.chance(0.02)) return;
        var body = dice.chance(0.2) ? Bodies.HELD : Bodies.A_LAW;
        world.party(
                dice.chance(0.9)
                        ? new UserAgentCommand.AcceptReinvite(leg, body)
                        : new UserAgentCommand.RejectReinvite(leg, dice.oneOf(REFUSALS)));
    }

    private void invited(LegId leg) {
        alive.add(leg);
        if (dice.chance(0.7)) {
            var early = dice.chance(0.3);
            world.party(
                    new UserAgentCommand.Ring(
                            leg,
                            early ? 183 : 180,
                            early ? Optional.of(Bodies.A_LAW) : Optional.empty()));
        }
        later(4, () -> decide(leg));
    }

    private void decide(LegId leg) {
        if (!alive.contains(leg)) return;
        switch (dice.weighted(moods)) {
            case 0, 1 -> {
                talking.add(leg);
                world.party(new UserAgentCommand.Accept(leg, Bodies.A_LAW));
                later(30, () -> leave(leg));
                later(20, () -> hold(leg));
            }
            case 2 -> world.party(new UserAgentCommand.Reject(leg, 486));
            case 3 -> world.party(new UserAgentCommand.Reject(leg, dice.between(400, 699)));
            case 4 -> {
                talking.add(leg);
                world.party(new UserAgentCommand.Accept(leg, Bodies.G729));
            }
            default -> {
                // Lets it ring.
            }
        }
    }

    private void hold(LegId leg) {
        if (!talking.contains(leg)) return;
        var body =
                switch (dice.below(4)) {
                    case 0 -> Optional.of(Bodies.HELD);
                    case 1 -> Optional.of(Bodies.MU_LAW);
                    case 2 -> Optional.of(Bodies.BROKEN);
                    default -> Optional.<String>empty();
                };
        world.party(new UserAgentCommand.Reinvite(leg, body));
    }
}
