// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ManagedChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.directory.TestChannel;
import org.panacall.directory.editing.Editor;
import org.panacall.directory.seed.SeedStore;
import org.panacall.flow.document.FlowDocument;
import org.panacall.proto.directory.v1.CheckFlowRequest;
import org.panacall.proto.directory.v1.Configuration;
import org.panacall.proto.directory.v1.DiffFlowRequest;
import org.panacall.proto.directory.v1.DirectoryServiceGrpc;
import org.panacall.proto.directory.v1.DiscardFlowDraftRequest;
import org.panacall.proto.directory.v1.DraftSaved;
import org.panacall.proto.directory.v1.Edit;
import org.panacall.proto.directory.v1.EditMistake;
import org.panacall.proto.directory.v1.EditRefused.ReasonCase;
import org.panacall.proto.directory.v1.Flow;
import org.panacall.proto.directory.v1.FlowChange;
import org.panacall.proto.directory.v1.FlowServiceGrpc;
import org.panacall.proto.directory.v1.FlowServiceGrpc.FlowServiceBlockingStub;
import org.panacall.proto.directory.v1.FlowSummary;
import org.panacall.proto.directory.v1.GetFlowRequest;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.ListFlowVersionsRequest;
import org.panacall.proto.directory.v1.ListFlowsRequest;
import org.panacall.proto.directory.v1.PublishFlowRequest;
import org.panacall.proto.directory.v1.PublishFlowResponse;
import org.panacall.proto.directory.v1.RollBackFlowRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftRequest;
import org.panacall.proto.directory.v1.SaveFlowDraftResponse;
import org.panacall.proto.directory.v1.WatchConfigurationRequest;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class FlowEditingTest {

    private static final String TENANT = "demo";
    private static final String NIGHT =
            """
            id: night
            name: Night
            entry: sorry
            fallbackQueue: registry
            steps:
              - { id: sorry, play: { prompts: [{ text: Closed }] }, exits: { done: bye } }
              - { id: bye, hangUp: { reason: closed } }
            """;

    @Inject GrpcServer grpc;
    @Inject SeedStore seeds;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = TestChannel.to(grpc.port());
    }

    @AfterEach
    void beginAnew() {
        channel.shutdownNow();
        Editor.demoAgain(seeds);
    }

    private FlowServiceBlockingStub flows() {
        return FlowServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static Flow flow(String document) {
        var read = FlowDocument.read(document);
        assertEquals(List.of(), read.flaws());
        return read.flow();
    }

    private static Edit edit(long knownRevision) {
        return Edit.newBuilder()
                .setTenantId(TENANT)
                .setAuthor("admin")
                .setKnownRevision(knownRevision)
                .build();
    }

    private SaveFlowDraftResponse save(Flow flow, long knownRevision) {
        return flows().saveFlowDraft(
                        SaveFlowDraftRequest.newBuilder()
                                .setEdit(edit(knownRevision))
                                .setFlow(flow)
                                .build());
    }

    private DraftSaved saved(Flow flow) {
        var answer = save(flow, 0);
        assertTrue(answer.hasSaved(), answer::toString);
        return answer.getSaved();
    }

    private PublishFlowResponse publish(String flowId, long knownRevision) {
        return flows().publishFlow(
                        PublishFlowRequest.newBuilder()
                                .setEdit(edit(knownRevision))
                                .setFlowId(flowId)
                                .setNote("for the night")
                                .build());
    }

    private KeptFlow version(String flowId, long version) {
        return flows().getFlow(
                        GetFlowRequest.newBuilder()
                                .setTenantId(TENANT)
                                .setFlowId(flowId)
                                .setVersion(version)
                                .build())
                .getFlow();
    }

    private Configuration configuration() {
        var answers =
                DirectoryServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                        .watchConfiguration(WatchConfigurationRequest.getDefaultInstance());
        return answers.next();
    }

    private Flow published(String flowId) {
        return configuration().getTenants(0).getFlowsList().stream()
                .filter(flow -> flow.getFlowId().equals(flowId))
                .findFirst()
                .orElse(Flow.getDefaultInstance());
    }

    @Test
    void aDraftChangesNothingUntilItIsPublished() {
        // When
        var draft = saved(flow(NIGHT));

        // Then
        assertEquals(List.of(), draft.getMistakesList());
        assertEquals(Flow.getDefaultInstance(), published("night"));
        var done = publish("night", draft.getDraft().getRevision());
        assertEquals(1, done.getFlow().getRevision());
        assertEquals("for the night", done.getFlow().getNote());
        assertEquals("admin", done.getFlow().getAuthor());
        assertEquals(1, published("night").getVersion());
        assertEquals(2, published("night").getStepsCount());
        assertEquals(
                ReasonCase.ENTITY_UNKNOWN,
                publish("night", 0).getRefused().getReasonCase(),
                "the draft is gone");
    }

    @Test
    void anUnsoundDraftIsKeptWithItsMistakesAndNotPublished() {
        // When
        var draft = saved(flow(NIGHT.replace("done: bye", "done: nowhere")));

        // Then
        assertTrue(
                draft.getMistakesList()
                        .contains(
                                EditMistake.newBuilder()
                                        .setField("steps(sorry).exits.done")
                                        .setMessage(
                                                "there is no step 'nowhere'; known are [bye,"
                                                        + " sorry]")
                                        .build()),
                draft::toString);
        var refused = publish("night", 0).getRefused();
        assertEquals(ReasonCase.MISTAKES_FOUND, refused.getReasonCase());
        assertEquals(draft.getMistakesList(), refused.getMistakesFound().getMistakesList());
        assertEquals(Flow.getDefaultInstance(), published("night"));
    }

    @Test
    void aDraftThatSomebodyElseChangedIsNotOverwritten() {
        // Given
        var first = saved(flow(NIGHT)).getDraft();
        var second = saved(flow(NIGHT.replace("Closed", "Shut"))).getDraft();

        // When
        var stale = save(flow(NIGHT), first.getRevision());

        // Then
        assertTrue(second.getRevision() > first.getRevision());
        assertEquals(second.getRevision(), stale.getRefused().getRevisionStale().getRevision());
        assertEquals(
                ReasonCase.REVISION_STALE,
                publish("night", first.getRevision()).getRefused().getReasonCase());
    }

    @Test
    void versionsAreComparedAndPublishedAgain() {
        // Given
        var menu = version("main", 0).getFlow().toBuilder();
        var greeting = menu.getStepsBuilder(0);
        assertEquals("greeting", greeting.getStepId());
        greeting.getPlayBuilder().setBargeIn(false);
        saved(menu.build());
        var changes =
                flows().diffFlow(
                                DiffFlowRequest.newBuilder()
                                        .setTenantId(TENANT)
                                        .setFlowId("main")
                                        .build())
                        .getDifference()
                        .getChangesList();
        assertEquals(
                List.of(
                        FlowChange.newBuilder()
                                .setField("steps(greeting).play.bargeIn")
                                .setBefore("true")
                                .build()),
                changes);
        assertEquals(2, publish("main", 0).getFlow().getRevision());

        // When
        var back =
                flows().rollBackFlow(
                                RollBackFlowRequest.newBuilder()
                                        .setEdit(edit(0))
                                        .setFlowId("main")
                                        .setVersion(1)
                                        .build());

        // Then
        assertEquals(3, back.getFlow().getRevision());
        assertEquals(3, published("main").getVersion());
        assertTrue(published("main").getSteps(0).getPlay().getBargeIn());
        assertFalse(version("main", 2).getFlow().getSteps(0).getPlay().getBargeIn());
        var versions =
                flows().listFlowVersions(
                                ListFlowVersionsRequest.newBuilder()
                                        .setTenantId(TENANT)
                                        .setFlowId("main")
                                        .build())
                        .getVersionsList();
        assertEquals(List.of(3L, 2L, 1L), versions.stream().map(KeptFlow::getRevision).toList());
        assertEquals("back to version 1", versions.getFirst().getNote());
        assertEquals("seed", versions.getLast().getAuthor());
    }

    @Test
    void aSubFlowThatLosesAnExitOthersNeedIsRefused() {
        // Given
        var sub =
                """
                id: ask
                name: Ask
                subFlow: true
                entry: end
                steps: [{ id: end, finish: { exit: got } }]
                """;
        saved(flow(sub));
        assertTrue(publish("ask", 0).hasFlow());
        saved(
                flow(
                        """
                        id: asking
                        name: Asking
                        entry: ask
                        fallbackQueue: registry
                        steps:
                          - { id: ask, subFlow: { flow: ask }, exits: { got: registry } }
                          - { id: registry, queue: { id: registry } }
                        """));
        assertTrue(publish("asking", 0).hasFlow());

        // When
        saved(flow(sub.replace("exit: got", "exit: done")));
        var refused = publish("ask", 0).getRefused();

        // Then
        assertEquals(
                List.of(
                        "flows(asking).steps(ask).exits.done",
                        "flows(asking).steps(ask).exits.got"),
                refused.getMistakesFound().getMistakesList().stream()
                        .map(EditMistake::getField)
                        .toList());
    }

    @Test
    void draftsAreListedBesideWhatIsPublishedAndForgotten() {
        // Given
        saved(flow(NIGHT));

        // When
        var all =
                flows().listFlows(ListFlowsRequest.newBuilder().setTenantId(TENANT).build())
                        .getFlowsList();

        // Then
        assertEquals(
                List.of(
                        "closed",
                        "echo",
                        "icm",
                        "main",
                        "messages",
                        "night",
                        "own-agent",
                        "rooms",
                        "vip",
                        "voicemail"),
                all.stream().map(FlowSummary::getFlowId).toList());
        var drawn = all.get(5);
        assertEquals(0, drawn.getVersion());
        assertTrue(drawn.getHasDraft());
        assertFalse(all.getFirst().getHasDraft());
        flows().discardFlowDraft(
                        DiscardFlowDraftRequest.newBuilder()
                                .setEdit(edit(0))
                                .setFlowId("night")
                                .build());
        assertEquals(
                9,
                flows().listFlows(ListFlowsRequest.newBuilder().setTenantId(TENANT).build())
                        .getFlowsCount());
    }

    @Test
    void aFlowIsCheckedWithoutBeingKept() {
        // When
        var mistakes =
                flows().checkFlow(
                                CheckFlowRequest.newBuilder()
                                        .setTenantId(TENANT)
                                        .setFlow(flow(NIGHT.replace("registry", "dentist")))
                                        .build())
                        .getMistakesList();

        // Then
        assertEquals("fallbackQueue", mistakes.getFirst().getField());
        assertEquals(1, mistakes.size());
    }
}
