// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.panacall.defaults.ProtoTimes;
import org.panacall.desktop.Page;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.FlowClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Problem;
import org.panacall.flow.document.FlowDocument;
import org.panacall.proto.directory.v1.DiffFlowRequest;
import org.panacall.proto.directory.v1.FlowChange;
import org.panacall.proto.directory.v1.KeptFlow;
import org.panacall.proto.directory.v1.RollBackFlowRequest;

/** Versions of flows: what callers went through, and go through. */
@Path("/api/v1/flows")
@RunOnVirtualThread
public class FlowVersionsResource {

    private final Access access;
    private final FlowClient flows;

    FlowVersionsResource(Access access, FlowClient flows) {
        this.access = access;
        this.flows = flows;
    }

    /** A version, without its steps. */
    public record VersionView(long version, String name, String author, Instant at, String note) {

        static VersionView of(KeptFlow kept) {
            return new VersionView(
                    kept.getRevision(),
                    kept.getFlow().getName(),
                    kept.getAuthor(),
                    ProtoTimes.instant(kept.getAt()),
                    Wire.text(kept.getNote()));
        }
    }

    /** A place that differs; absent where there was, or is, nothing. */
    public record ChangeView(String field, String before, String after) {

        static ChangeView of(FlowChange change) {
            return new ChangeView(
                    change.getField(), Wire.text(change.getBefore()), Wire.text(change.getAfter()));
        }
    }

    /** Which version is to be published again. */
    public record Target(Long version) {}

    /** The newest first. */
    @GET
    @Path("/{flow}/versions")
    public Page<VersionView> versions(String flow, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return Page.whole(
                flows.versions(caller.tenantId(), FlowIds.known(flow)).stream()
                        .map(VersionView::of)
                        .toList());
    }

    /** A version as a document; the published one when none is named. */
    @GET
    @Path("/{flow}/document")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> document(
            String flow,
            @QueryParam("version") @DefaultValue("0") long version,
            @Context HttpHeaders headers) {
        return FlowDocument.tree(kept(flow, version, headers).getFlow());
    }

    /** The same as YAML, to be kept in files and passed on. */
    @GET
    @Path("/{flow}/document")
    @Produces(FlowDraftsResource.YAML)
    public String yaml(
            String flow,
            @QueryParam("version") @DefaultValue("0") long version,
            @Context HttpHeaders headers) {
        return FlowDocument.yaml(kept(flow, version, headers).getFlow());
    }

    private KeptFlow kept(String flow, long version, HttpHeaders headers) {
        var caller = access.caller(headers);
        return flows.version(caller.tenantId(), FlowIds.known(flow), version)
                .orElseThrow(() -> Edits.unknown("flow, or version of it"));
    }

    /** What differs between two versions; without them: the published one and the draft. */
    @GET
    @Path("/{flow}/diff")
    public Page<ChangeView> diff(
            String flow,
            @QueryParam("from") @DefaultValue("0") long from,
            @QueryParam("to") @DefaultValue("0") long to,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        var answer =
                flows.diff(
                        DiffFlowRequest.newBuilder()
                                .setTenantId(caller.tenantId())
                                .setFlowId(FlowIds.known(flow))
                                .setFrom(from)
                                .setTo(to)
                                .build());
        if (answer.hasUnknown()) {
            throw Edits.unknown("version or draft");
        }
        List<FlowChange> changes = answer.getDifference().getChangesList();
        return Page.whole(changes.stream().map(ChangeView::of).toList());
    }

    /** Publishes an earlier version again, as the next one. For administrators. */
    @POST
    @Path("/{flow}/roll-back")
    @Consumes(MediaType.APPLICATION_JSON)
    public VersionView rollBack(
            String flow,
            Target target,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        if (target == null || target.version() == null) {
            throw Problem.mistake("version", "is missing");
        }
        var answer =
                flows.rollBack(
                        RollBackFlowRequest.newBuilder()
                                .setEdit(Edits.of(caller, key, Revisions.ANY))
                                .setFlowId(FlowIds.known(flow))
                                .setVersion(Math.max(0, target.version()))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "version");
        return VersionView.of(answer.getFlow());
    }
}
