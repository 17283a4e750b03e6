// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.panacall.desktop.Page;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.FlowClient;
import org.panacall.proto.directory.v1.FlowSummary;

/** Which flows are being drawn, also those that were never published. */
@Path("/api/v1/flow-drafts")
@RunOnVirtualThread
public class FlowDraftListResource {

    private final Access access;
    private final FlowClient flows;

    FlowDraftListResource(Access access, FlowClient flows) {
        this.access = access;
        this.flows = flows;
    }

    /**
     * A flow that has a draft.
     *
     * @param version that is published; absent when none ever was
     */
    public record DraftedView(String id, String name, Long version, boolean subFlow) {

        static DraftedView of(FlowSummary flow) {
            return new DraftedView(
                    flow.getFlowId(),
                    flow.getName(),
                    flow.getVersion() == 0 ? null : flow.getVersion(),
                    flow.getSubFlow());
        }
    }

    /** By id. For administrators. */
    @GET
    public Page<DraftedView> list(@Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        return Page.whole(
                flows.list(caller.tenantId()).stream()
                        .filter(FlowSummary::getHasDraft)
                        .map(DraftedView::of)
                        .toList());
    }
}
