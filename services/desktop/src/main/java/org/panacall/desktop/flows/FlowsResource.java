// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.panacall.desktop.Page;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;

/** Flows as they are drawn. */
@Path("/api/v1/flows")
@RunOnVirtualThread
public class FlowsResource {

    private final Access access;
    private final DirectoryClient directory;

    FlowsResource(Access access, DirectoryClient directory) {
        this.access = access;
        this.directory = directory;
    }

    /** All flows. */
    @GET
    public Page<FlowView> list(@Context HttpHeaders headers) {
        return Page.whole(flows(headers));
    }

    /** One flow. */
    @GET
    @Path("/{id}")
    public FlowView one(String id, @Context HttpHeaders headers) {
        return flows(headers).stream()
                .filter(flow -> flow.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemKind.NOT_FOUND, "There is no such flow."));
    }

    private List<FlowView> flows(HttpHeaders headers) {
        return directory.tenant(access.caller(headers).tenantId()).getFlowsList().stream()
                .map(FlowView::of)
                .toList();
    }
}
