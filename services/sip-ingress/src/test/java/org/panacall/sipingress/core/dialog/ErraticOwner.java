// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.panacall.sipingress.core.dialog.UserAgentOutput.Refusal;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.NameAddress;

/** Owns the legs of one agent, acts at random, and verifies the promises made to an owner. */
final class ErraticOwner {

    /** What the owner was told of a leg. */
    private static final class Told {
        boolean outgoing;
        boolean offered;
        int outcomes;
        boolean answered;
        boolean over;
        boolean ended;
    }

    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private final String name;
    private final UserAgent agent;
    private final Random random;
    private final Endpoint other;
    private final Map<LegId, Told> legs = new LinkedHashMap<>();
    private int calls;

    ErraticOwner(String name, UserAgent agent, Random random, Endpoint other) {
        this.name = name;
        this.agent = agent;
        this.random = random;
        this.other = other;
    }

    UserAgent agent() {
        return agent;
    }

    List<UserAgentOutput> handle(UserAgentCommand command, Instant now) {
        return agent.handle(command, now);
    }

    int unfinished() {
        return (int) legs.values().stream().filter(told -> !told.ended).count();
    }

    /** Something to do, anything. */
    Optional<UserAgentCommand> whim() {
        var alive = legs.entrySet().stream().filter(e -> !e.getValue().ended).toList();
        if (alive.isEmpty() || random.nextInt(3) == 0) return Optional.of(call());
        var leg = alive.get(random.nextInt(alive.size())).getKey();
        return Optional.of(
                switch (random.nextInt(9)) {
                    case 0 -> new UserAgentCommand.Bye(leg, Optional.empty());
                    case 1 -> new UserAgentCommand.Cancel(leg, Optional.empty());
                    case 2 -> new UserAgentCommand.Ring(leg, 183, Optional.of(SDP));
                    case 3 -> new UserAgentCommand.Accept(leg, SDP);
                    case 4 -> new UserAgentCommand.Reject(leg, 486);
                    case 5 -> new UserAgentCommand.Reinvite(leg, maybeSdp());
                    case 6 ->
                            new UserAgentCommand.Inform(leg, "application/dtmf-relay", "Signal=1");
                    case 7 -> new UserAgentCommand.AcceptReinvite(leg, SDP);
                    default -> new UserAgentCommand.Acknowledge(leg, Optional.of(SDP));
                });
    }

    private Optional<String> maybeSdp() {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(SDP);
    }

    private UserAgentCommand call() {
        var leg = new LegId("leg_" + name + "_out_" + ++calls);
        var told = new Told();
        told.outgoing = true;
        legs.put(leg, told);
        var to = "sip:103@" + other;
        var from = new NameAddress(Optional.of("Клиника"), "sip:+74950000100@panacall.test");
        var sdp = maybeSdp();
        told.offered = sdp.isPresent();
        return new UserAgentCommand.Invite(
                leg, new InviteRequest(to, from, NameAddress.of(to), List.of(), sdp, other));
    }

    /** At the end of the day everything is hung up or refused. */
    List<Optional<UserAgentCommand>> windUp() {
        var commands = new ArrayList<Optional<UserAgentCommand>>();
        legs.forEach(
                (leg, told) -> {
                    if (told.ended) return;
                    commands.add(Optional.of(new UserAgentCommand.Bye(leg, Optional.empty())));
                    commands.add(Optional.of(new UserAgentCommand.Reject(leg, 480)));
                });
        return commands;
    }

    /** Takes in what happened; verifies it; says what an owner must do, most of the time. */
    List<UserAgentCommand> observe(UserAgentOutput output) {
        switch (output) {
            case UserAgentOutput.Invited(var leg, var invitation) -> {
                assertFalse(legs.containsKey(leg));
                legs.put(leg, new Told());
                assertEquals("103", invitation.requestUser());
                assertEquals(Optional.of("Клиника"), invitation.from().displayName());
                return answerSometimes(leg);
            }
            case UserAgentOutput.Accepted(var leg, var sdp) -> {
                outcome(leg, true).answered = true;
                return legs.get(leg).offered
                        ? List.of()
                        : List.of(new UserAgentCommand.Acknowledge(leg, Optional.of(SDP)));
            }
            case UserAgentOutput.Rejected told -> outcome(told.leg(), true).over = true;
            case UserAgentOutput.Cancelled(var leg, var reason) -> alive(leg).over = true;
            case UserAgentOutput.ByeReceived(var leg, var reason, var at) -> alive(leg).over = true;
            case UserAgentOutput.AckMissing(var leg) -> alive(leg).over = true;
            case UserAgentOutput.Ended(var leg) -> alive(leg).ended = true;
            case UserAgentOutput.Reinvited(var leg, var sdp) -> {
                alive(leg);
                return random.nextInt(4) == 0
                        ? List.of(new UserAgentCommand.RejectReinvite(leg, 488))
                        : List.of(new UserAgentCommand.AcceptReinvite(leg, SDP));
            }
            case UserAgentOutput.ReinviteAccepted(var leg, var sdp) -> {
                alive(leg);
                return List.of(new UserAgentCommand.Acknowledge(leg, Optional.of(SDP)));
            }
            case UserAgentOutput.Provisional told -> alive(told.leg());
            case UserAgentOutput.Acknowledged(var leg, var sdp) -> alive(leg);
            case UserAgentOutput.ReinviteRejected(var leg, var status) -> alive(leg);
            case UserAgentOutput.InfoReceived info -> alive(info.leg());
            case UserAgentOutput.CommandRefused(var leg, var why) ->
                    assertEquals(legs.get(leg).ended, why == Refusal.UNKNOWN_LEG);
            case UserAgentOutput.Malformed(var from, var what) -> fail("malformed: " + what);
            case UserAgentOutput.Dropped dropped -> {}
            case UserAgentOutput.Send send -> fail("is for the network");
        }
        return List.of();
    }

    private List<UserAgentCommand> answerSometimes(LegId leg) {
        return switch (random.nextInt(5)) {
            case 0 -> List.of(new UserAgentCommand.Ring(leg, 180, Optional.empty()));
            case 1 -> List.of(new UserAgentCommand.Accept(leg, SDP));
            case 2 ->
                    List.of(
                            new UserAgentCommand.Ring(leg, 180, Optional.empty()),
                            new UserAgentCommand.Accept(leg, SDP));
            case 3 -> List.of(new UserAgentCommand.Reject(leg, 486));
            default -> List.of();
        };
    }

    private Told outcome(LegId leg, boolean outgoing) {
        var told = alive(leg);
        assertEquals(outgoing, told.outgoing);
        assertEquals(1, ++told.outcomes, "one outcome an INVITE");
        return told;
    }

    private Told alive(LegId leg) {
        var told = legs.get(leg);
        assertTrue(told != null && !told.ended, "told of a leg that has ended");
        return told;
    }

    void verifyAllEnded() {
        legs.forEach(
                (leg, told) -> {
                    assertTrue(told.ended, leg + " has not ended");
                    assertEquals(told.outgoing ? 1 : 0, told.outcomes, leg + " has an outcome");
                });
    }
}
