// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.month;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.panacall.acd.core.call.Caller;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.QueueId;
import org.panacall.acd.core.id.SipIngress;
import org.panacall.acd.core.match.LongestIdle;
import org.panacall.acd.core.plan.Member;
import org.panacall.acd.core.plan.NumberRules;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.QueuePlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.acd.core.plan.WaitingRoom;
import org.panacall.acd.core.wait.Trust;
import org.panacall.simkit.Dice;

/** Sixty agents and twelve queues; each agent serves one to four of them. */
final class LargeClinic {

    static final int AGENTS = 60;
    static final SipIngress INGRESS = new SipIngress("127.0.0.1:9010");
    private static final int FIRST_EXTENSION = 101;

    /** Every third has a desktop, and time for notes; the others are ready with their phones. */
    private static final int DESKTOP_EVERY = 3;

    private static final Duration NOTES = Duration.ofSeconds(20);

    private static final List<String> QUEUES =
            List.of(
                    "registry",
                    "paid",
                    "children",
                    "dental",
                    "tests",
                    "doctors-at-home",
                    "women",
                    "eyes",
                    "insurance",
                    "night",
                    "complaints",
                    "surgery");

    private static final int PAID = 1;

    private static final WaitingRoom ROOM =
            new WaitingRoom(
                    "ru",
                    new WaitingRoom.Figures(
                            Duration.ofSeconds(20), Duration.ofSeconds(45), true, true),
                    new WaitingRoom.Information(
                            List.of("news/flu", "news/hours"),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(1)),
                    Trust.USUAL,
                    new WaitingRoom.Callbacks(
                            new WaitingRoom.Offer(true, 3, Duration.ofMinutes(1), '1'),
                            WaitingRoom.Rules.USUAL,
                            Optional.of(Duration.ofSeconds(60)),
                            NumberRules.INTERNATIONAL));

    private static final int PATIENTS = 5_000;

    /** Of a hundred calls. */
    private static final double[] SHARES = {24, 16, 12, 10, 9, 7, 6, 5, 4, 3, 2, 2};

    private LargeClinic() {}

    static TenantPlan plan() {
        return plan(number -> true);
    }

    /** While one of the busy queues is closed: who waits there goes on to the registry. */
    static TenantPlan withoutPaid() {
        return plan(number -> number != PAID);
    }

    private static TenantPlan plan(IntPredicate open) {
        var numbers = IntStream.range(0, QUEUES.size()).filter(open);
        var people = IntStream.range(0, AGENTS).mapToObj(LargeClinic::person);
        return new TenantPlan(
                new PartyNumber("+74950000100"),
                numbers.mapToObj(LargeClinic::queue).toList(),
                people.toList());
    }

    private static QueuePlan queue(int number) {
        var members =
                IntStream.range(0, AGENTS)
                        .filter(agent -> serves(agent, number))
                        .mapToObj(agent -> Member.of(extension(agent), agent))
                        .toList();
        return new QueuePlan(
                        new QueueId(QUEUES.get(number)),
                        QUEUES.get(number),
                        Integer.toString(600 + number),
                        new QueuePlan.Rules(
                                new LongestIdle(), Duration.ofSeconds(15), Duration.ofSeconds(30)),
                        number == 0 ? 60 : 10,
                        "music/waiting",
                        members)
                .furnished(isFurnished(number) ? ROOM : WaitingRoom.MUSIC_ONLY);
    }

    /** Every second queue tells its callers how they stand, and calls them back. */
    private static boolean isFurnished(int queue) {
        return queue % 2 == PAID;
    }

    /** One to four neighbouring queues. */
    private static boolean serves(int agent, int queue) {
        var first = agent % QUEUES.size();
        return Math.floorMod(queue - first, QUEUES.size()) <= agent / QUEUES.size() % 4;
    }

    private static PersonPlan person(int agent) {
        return new PersonPlan(
                new AgentId("agent_" + agent),
                extension(agent),
                "Agent " + agent,
                !hasDesktop(agent),
                hasDesktop(agent) ? NOTES : Duration.ZERO);
    }

    static boolean hasDesktop(int agent) {
        return agent % DESKTOP_EVERY == 0;
    }

    static Extension extension(int agent) {
        return new Extension(Integer.toString(FIRST_EXTENSION + agent));
    }

    static QueueId anyQueue(Dice dice) {
        return new QueueId(QUEUES.get(dice.weighted(SHARES)));
    }

    static Caller caller(String leg, boolean answered, Dice dice) {
        return new Caller(
                new LegId(leg),
                new PartyNumber("+7916" + dice.between(1_000_000, 1_000_000 + PATIENTS)),
                new PartyNumber("+74950000100"),
                answered,
                INGRESS,
                Map.of());
    }
}
