// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;

/** All rules that a queue's definition must keep, in seeds as well as in edits. */
public final class QueueChecks {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final Pattern EXTENSION = Pattern.compile("[0-9*#]{1,8}");
    private static final Pattern PROMPT = Pattern.compile("[a-z0-9-]{1,40}(/[a-z0-9-]{1,40})?");
    private static final int NAME_MAX = 100;
    private static final int CAPACITY_MAX = 100_000;
    private static final Duration OFFER_MIN = Durations.fromSeconds(5);
    private static final Duration OFFER_MAX = Durations.fromSeconds(120);
    private static final Duration REOFFER_MAX = Durations.fromHours(1);

    /** One a line; whoever adds a field to queues adds its rule. */
    private static final List<QueueCheck> ALL =
            List.of(
                    (queue, around, faults) -> Shape.check(queue, faults),
                    QueueChecks::id,
                    QueueChecks::name,
                    QueueChecks::extension,
                    QueueChecks::times,
                    QueueChecks::capacity,
                    QueueChecks::music,
                    QueueChecks::agents,
                    (queue, around, faults) -> References.check(queue, around, faults));

    private QueueChecks() {}

    /** Everything wrong with a definition; fields have their JSON names. */
    public static List<Flaw> flaws(Queue queue, Surroundings around) {
        var faults = new Faults();
        ALL.forEach(check -> check.check(queue, around, faults));
        MatchChecks.ALL.forEach(check -> check.check(queue, around, faults));
        ConductChecks.ALL.forEach(check -> check.check(queue, around, faults));
        WaitingRoomChecks.ALL.forEach(check -> check.check(queue, around, faults));
        return faults.all();
    }

    private static void id(Queue queue, Surroundings around, Faults faults) {
        if (!ID.matcher(queue.getQueueId()).matches()) {
            faults.add("queueId", "must be lower case letters, digits, - and _, at most 40");
        }
    }

    private static void name(Queue queue, Surroundings around, Faults faults) {
        if (queue.getName().isBlank() || queue.getName().length() > NAME_MAX) {
            faults.add("name", "must have 1 to " + NAME_MAX + " characters");
        }
    }

    private static void extension(Queue queue, Surroundings around, Faults faults) {
        var extension = queue.getExtension();
        var owner = around.taken().get(extension);
        if (!EXTENSION.matcher(extension).matches()) {
            faults.add("extension", "must be 1 to 8 of 0-9 * #, in quotes");
        } else if (owner != null) {
            faults.add(
                    "extension",
                    Faults.shown(extension) + " belongs to " + owner + "; choose another");
        }
    }

    private static void times(Queue queue, Surroundings around, Faults faults) {
        between(faults, "offerTimeout", queue.getOfferTimeout(), OFFER_MIN, OFFER_MAX);
        between(faults, "reofferAfter", queue.getReofferAfter(), Durations.ZERO, REOFFER_MAX);
    }

    private static void capacity(Queue queue, Surroundings around, Faults faults) {
        if (queue.getCapacity() < 1 || queue.getCapacity() > CAPACITY_MAX) {
            faults.add("capacity", "must be between 1 and " + CAPACITY_MAX);
        }
    }

    private static void music(Queue queue, Surroundings around, Faults faults) {
        prompt(faults, "musicPromptId", queue.getMusicPromptId());
    }

    static void prompt(Faults faults, String field, String id) {
        if (!PROMPT.matcher(id).matches()) {
            faults.add(field, "must be a prompt's id like music/waiting");
        }
    }

    private static void agents(Queue queue, Surroundings around, Faults faults) {
        var members = queue.getMembersList().stream().map(QueueMember::getExtension).toList();
        agents("agentExtensions[%d]", queue.getAgentExtensionsList(), around, faults);
        agents("members[%d].extension", members, around, faults);
        if (!members.isEmpty() && queue.getAgentExtensionsCount() > 0) {
            faults.add("agentExtensions", "must be empty where there are members; name all there");
        }
    }

    private static void agents(
            String field, List<String> extensions, Surroundings around, Faults faults) {
        var known = around.agents();
        var seen = new HashSet<String>();
        for (int i = 0; i < extensions.size(); i++) {
            var extension = extensions.get(i);
            if (!known.contains(extension)) {
                faults.unknown(field.formatted(i), "agent", extension, known);
            } else if (!seen.add(extension)) {
                var twice = Faults.shown(extension) + " is there twice; keep one";
                faults.add(field.formatted(i), twice);
            }
        }
    }

    private static void between(
            Faults faults, String field, Duration value, Duration least, Duration most) {
        if (Durations.compare(value, least) < 0 || Durations.compare(value, most) > 0) {
            faults.add(
                    field,
                    "must be between %d s and %d s"
                            .formatted(Durations.toSeconds(least), Durations.toSeconds(most)));
        }
    }
}
