// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.panacall.sipingress.core.message.Endpoint;

/** The world of the simulation: two agents, the network between them, and time. */
final class TwoAgents {

    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final Random random;
    private final LossyLink link;
    private final boolean outages;
    private final List<String> history = new ArrayList<>();
    private final ErraticOwner[] owners = new ErraticOwner[2];
    private final Endpoint[] places = {
        new Endpoint("127.0.0.1", 5090), new Endpoint("127.0.0.1", 5091)
    };
    private long now = START;

    TwoAgents(long seed) {
        this(new Random(seed), new Random(seed + 1_000_000));
    }

    private TwoAgents(Random random, Random swarm) {
        // Swarm testing: some networks only lose, some only repeat, some only reorder.
        this(
                random,
                swarm.nextInt(3) == 0 ? 0 : swarm.nextDouble() * 0.3,
                swarm.nextInt(3) == 0 ? 0 : swarm.nextDouble() * 0.3,
                swarm.nextInt(3) == 0 ? 2 : 1 + swarm.nextInt(900));
    }

    TwoAgents(Random random, double loss, double repeat, int delayMsMax) {
        this.random = random;
        this.outages = random.nextInt(3) == 0;
        link = new LossyLink(random, loss, repeat, delayMsMax);
        for (int i = 0; i < 2; i++) {
            var name = i == 0 ? "a" : "b";
            var settings = UserAgentSettings.of("sip-ingress-" + (i + 1), places[i], places[i]);
            var agent = new UserAgent(settings, new CountedIds(name, i));
            owners[i] = new ErraticOwner(name, agent, random, places[1 - i]);
        }
    }

    List<String> history() {
        return history;
    }

    /** Lets the agents live through so many random acts, then waits until all is quiet. */
    void live(int acts) {
        for (int i = 0; i < acts; i++) {
            until(now + random.nextInt(3_000));
            int who = random.nextInt(2);
            act(who, owners[who].whim());
            boolean cut = outages && random.nextInt(8) == 0;
            if (cut) link.cut(places[random.nextInt(2)], now + random.nextInt(90_000));
        }
        int patience = 0;
        while (patience++ < 200 && (owners[0].unfinished() > 0 || owners[1].unfinished() > 0)) {
            until(now + 10_000);
            for (int who = 0; who < 2; who++) {
                for (var command : owners[who].windUp()) act(who, command);
            }
        }
        until(now + 600_000);
        for (int who = 0; who < 2; who++) {
            owners[who].verifyAllEnded();
            assertEquals(0, owners[who].agent().legs(), "legs left");
            assertEquals(0, owners[who].agent().transactions(), "transactions left");
            assertEquals(Optional.empty(), owners[who].agent().nextDeadline(), "deadlines left");
        }
    }

    private void act(int who, Optional<UserAgentCommand> command) {
        command.ifPresent(asked -> take(who, owners[who].handle(asked, instant())));
    }

    private void take(int who, List<UserAgentOutput> outputs) {
        for (var output : outputs) {
            if (output instanceof UserAgentOutput.Send(var datagram, var to)) {
                assertTrue(datagram.length < 4_096);
                link.send(datagram, places[who], to, now);
                var text = new String(datagram, StandardCharsets.ISO_8859_1);
                history.add(now - START + " " + who + " " + text);
            } else {
                history.add(now - START + " " + who + " " + output);
                owners[who].observe(output).forEach(command -> act(who, Optional.of(command)));
            }
        }
    }

    private void until(long end) {
        while (true) {
            long next = Math.min(link.next(), Math.min(deadline(0), deadline(1)));
            if (next > end) break;
            now = Math.max(now, next);
            if (link.next() <= now) {
                var flight = link.take();
                int to = flight.to().equals(places[0]) ? 0 : 1;
                act(
                        to,
                        Optional.of(
                                new UserAgentCommand.Received(flight.datagram(), flight.from())));
            } else {
                for (int who = 0; who < 2; who++) take(who, owners[who].agent().tick(instant()));
            }
        }
        now = end;
    }

    private long deadline(int who) {
        return owners[who].agent().nextDeadline().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    private Instant instant() {
        return Instant.ofEpochMilli(now);
    }
}
