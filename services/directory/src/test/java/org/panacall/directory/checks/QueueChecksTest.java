// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.CallbackRules;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.ServiceExtension;
import org.panacall.proto.directory.v1.Tenant;

class QueueChecksTest {

    private static final String LONG_NUMBER = "79165550199";

    @Test
    void aSoundQueueHasNoFlaws() {
        assertEquals(List.of(), flaws(queue -> {}));
    }

    @Test
    void everyFieldHasItsBounds() {
        assertFlaw("queueId", "lower case", queue -> queue.setQueueId("Registry"));
        assertFlaw("name", "1 to 100", queue -> queue.setName(" "));
        assertFlaw("name", "1 to 100", queue -> queue.setName("n".repeat(101)));
        assertFlaw("extension", "1 to 8", queue -> queue.setExtension(""));
        assertFlaw("offerTimeout", "5 s and 120 s", queue -> queue.setOfferTimeout(seconds(4)));
        assertFlaw("offerTimeout", "5 s and 120 s", queue -> queue.setOfferTimeout(seconds(121)));
        assertFlaw("reofferAfter", "3600 s", queue -> queue.setReofferAfter(seconds(3601)));
        assertFlaw("capacity", "1 and 100000", queue -> queue.setCapacity(100_001));
        assertFlaw("musicPromptId", "prompt's id", queue -> queue.setMusicPromptId("../x"));
        assertFlaw("strategy", "newer release", queue -> queue.setStrategyValue(9_999));
        assertFlaw("name", "control characters", queue -> queue.setName("a\nb"));
    }

    @Test
    void anExtensionThatSomebodyHasIsNamedWithItsOwner() {
        assertFlaw("extension", "'602' belongs to queue paid", q -> q.setExtension("602"));
        assertFlaw("extension", "'103' belongs to a person", q -> q.setExtension("103"));
        assertFlaw("extension", "'999' belongs to a service", q -> q.setExtension("999"));
    }

    @Test
    void onlyAgentsServeAQueueAndEachOnce() {
        assertFlaw("agentExtensions[1]", "no agent '201'", q -> q.addAgentExtensions("201"));
        assertFlaw("agentExtensions[1]", "there twice", q -> q.addAgentExtensions("103"));
        assertFlaw(
                "members[0].extension",
                "no agent '555'",
                q -> q.clearAgentExtensions().addMembers(member("555")));
        assertFlaw("agentExtensions", "must be empty", q -> q.addMembers(member("103")));
    }

    @Test
    void waitingRoomsHaveTheirBounds() {
        assertFlaw(
                "waitingRoom.figures.every",
                "at least 10 s",
                q -> q.getWaitingRoomBuilder().getFiguresBuilder().setEvery(seconds(9)));
        assertFlaw(
                "waitingRoom.information.promptIds[0]",
                "prompt's id",
                q -> q.getWaitingRoomBuilder().getInformationBuilder().addPromptIds("../x"));
        assertFlaw("waitingRoom.callbacks.key", "0 to 9", q -> callbacks(q).setKey("#"));
        assertFlaw("waitingRoom.callbacks.attempts", "10", q -> callbacks(q).setAttempts(11));
        assertFlaw("waitingRoom.callbacks.capacity", "10000", q -> callbacks(q).setCapacity(-1));
        assertFlaw(
                "waitingRoom.callbacks.retryAfter",
                "at least 1 s",
                q -> callbacks(q).setRetryAfter(seconds(0)));
        assertFlaw(
                "waitingRoom.callbacks.expiresAfter",
                "86400 s",
                q -> callbacks(q).setExpiresAfter(seconds(86_401)));
        assertEquals(
                List.of(), flaws(q -> callbacks(q).setOffered(true).setKey("1").setAttempts(3)));
    }

    private static CallbackRules.Builder callbacks(Queue.Builder queue) {
        return queue.getWaitingRoomBuilder().getCallbacksBuilder();
    }

    @Test
    void howCallsFindTheirAgentsHasItsBoundsToo() {
        assertFlaw("members[0].level", "at most 99", q -> one(q).setLevel(100));
        assertFlaw("members[0].share", "at most 10000", q -> one(q).setShare(10_001));
        assertFlaw("members[0].headStart", "a day", q -> one(q).setHeadStart(seconds(-86_401)));
        assertFlaw("members[0].group", "no group", q -> one(q).setGroup("team"));
        assertFlaw("members", "no shares at all", q -> one(q).setShare(0));
        assertFlaw(
                "strategySettings.window",
                "86400 s",
                q -> q.getStrategySettingsBuilder().setWindow(seconds(86_401)));
        assertFlaw(
                "strategySettings.groups[0].name",
                "must be there",
                q -> q.getStrategySettingsBuilder().addGroupsBuilder());
        assertFlaw("needs[0].skill", "must have a name", q -> q.addNeedsBuilder().setSkill(" "));
        assertFlaw(
                "needs[0].level",
                "at most 10",
                q -> q.addNeedsBuilder().setSkill("a").setLevel(11));
        assertFlaw("relaxations[0]", "needs one of", q -> q.addRelaxationsBuilder());
        assertFlaw("tierWait", "must not be negative", q -> q.setTierWait(seconds(-1)));
        assertEquals(List.of(), flaws(q -> q.setWeight(seconds(-60))));
        assertFlaw("categories", "a day", q -> q.putCategories("vip", seconds(86_401)));
    }

    private static QueueMember.Builder one(Queue.Builder queue) {
        return queue.clearAgentExtensions().addMembersBuilder().setExtension("103");
    }

    @Test
    void whatIsSaidRepeatsNothingThatMayBeATelephoneNumber() {
        // When
        var flaws = flaws(queue -> queue.addAgentExtensions(LONG_NUMBER).setExtension(LONG_NUMBER));

        // Then
        assertEquals(2, flaws.size());
        assertFalse(flaws.toString().contains(LONG_NUMBER), flaws::toString);
    }

    private static void assertFlaw(String field, String says, Consumer<Queue.Builder> change) {
        var flaws = flaws(change);
        assertTrue(
                flaws.stream().anyMatch(f -> f.field().equals(field) && f.message().contains(says)),
                flaws::toString);
    }

    private static List<Flaw> flaws(Consumer<Queue.Builder> change) {
        var queue =
                Queue.newBuilder()
                        .setQueueId("registry")
                        .setName("Registry")
                        .setExtension("601")
                        .addAgentExtensions("103");
        change.accept(queue);
        var whole = QueueDefaults.complete(queue.build());
        return QueueChecks.flaws(whole, Surroundings.of(clinic(), whole));
    }

    private static Tenant clinic() {
        return Tenant.newBuilder()
                .addQueues(Queue.newBuilder().setQueueId("paid").setExtension("602"))
                .addQueues(Queue.newBuilder().setQueueId("registry").setExtension("601"))
                .addPeople(Person.newBuilder().setExtension("103").addRoles("agent"))
                .addPeople(Person.newBuilder().setExtension("201").addRoles("supervisor"))
                .addServiceExtensions(ServiceExtension.newBuilder().setExtension("999"))
                .build();
    }

    private static QueueMember member(String extension) {
        return QueueMember.newBuilder().setExtension(extension).build();
    }

    private static Duration seconds(long seconds) {
        return Durations.fromSeconds(seconds);
    }
}
