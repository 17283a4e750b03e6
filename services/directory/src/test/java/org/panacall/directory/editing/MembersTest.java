// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.seed.SeedStore;
import org.panacall.proto.directory.v1.MemberGroup;
import org.panacall.proto.directory.v1.MemberShare;
import org.panacall.proto.directory.v1.QueueMember;
import org.panacall.proto.directory.v1.StrategySettings;

/** Who serves a queue, and for how much of it. */
@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class MembersTest {

    @Inject GrpcServer grpc;
    @Inject SeedStore seeds;

    private Editor editor;

    @BeforeEach
    void connect() {
        editor = new Editor(grpc.port());
    }

    @AfterEach
    void beginAnew() {
        editor.close();
        Editor.demoAgain(seeds);
    }

    @Test
    void membersComeAndGoWhileTheOthersStay() {
        // Given
        editor.create(Editor.dentist());

        // When
        var answer =
                editor.members("dentist", List.of(member("105"), member("106")), List.of("103"));

        // Then
        assertEquals(
                List.of("104", "105", "106"),
                answer.getQueue().getQueue().getAgentExtensionsList());
        var strangers = editor.members("dentist", List.of(member("201")), List.of());
        assertEquals(
                "agentExtensions[3]",
                strangers.getRefused().getMistakesFound().getMistakes(0).getField());
    }

    @Test
    void sharesAreSetForMembersAndGroupsAndWhoeverIsNotNamedGetsNone() {
        // Given
        var teams =
                Editor.dentist().toBuilder()
                        .clearAgentExtensions()
                        .addMembers(member("103"))
                        .addMembers(member("104"))
                        .addMembers(member("105").toBuilder().setGroup("team").setShare(3))
                        .setStrategySettings(
                                StrategySettings.newBuilder()
                                        .addGroups(MemberGroup.newBuilder().setName("team")));
        editor.create(teams.build());

        // When
        var kept =
                editor.shares("dentist", "", List.of(share("103", 70), ofGroup("team", 30)))
                        .getQueue()
                        .getQueue();

        // Then
        assertEquals(
                List.of(70, 0, 3), kept.getMembersList().stream().map(m -> m.getShare()).toList());
        assertTrue(kept.getMembers(1).hasShare());
        assertEquals(30, kept.getStrategySettings().getGroups(0).getShare());
        var strangers =
                editor.shares(
                        "dentist", "", List.of(share("106", 50), ofGroup("x", 1), share("105", 1)));
        assertEquals(
                List.of("shares[0].extension", "shares[1].group", "shares[2].extension"),
                strangers.getRefused().getMistakesFound().getMistakesList().stream()
                        .map(one -> one.getField())
                        .toList());
    }

    @Test
    void yesterdaysSharesSentAgainDoNotComeBackAfterTodays() {
        // Given
        editor.create(Editor.dentist());
        editor.shares("dentist", "yesterday", List.of(share("103", 100)));
        var today = editor.shares("dentist", "today", List.of(share("104", 100)));

        // When
        var again = editor.shares("dentist", "yesterday", List.of(share("103", 100)));

        // Then
        assertEquals(today.getQueue(), again.getQueue());
        assertEquals(100, again.getQueue().getQueue().getMembers(1).getShare());
    }

    private static MemberShare share(String extension, int share) {
        return MemberShare.newBuilder().setExtension(extension).setShare(share).build();
    }

    private static MemberShare ofGroup(String group, int share) {
        return MemberShare.newBuilder().setGroup(group).setShare(share).build();
    }

    private static QueueMember member(String extension) {
        return QueueMember.newBuilder().setExtension(extension).build();
    }
}
