// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.flows;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import org.panacall.desktop.access.Access;
import org.panacall.flow.document.FlowSchema;

/** How documents of flows are written, for editors. */
@Path("/api/v1/flow-schema")
@RunOnVirtualThread
public class FlowSchemaResource {

    private final Access access;

    FlowSchemaResource(Access access) {
        this.access = access;
    }

    /** A JSON schema, draft 2020-12. */
    @GET
    public Map<String, Object> read(@Context HttpHeaders headers) {
        access.caller(headers);
        return FlowSchema.tree();
    }
}
