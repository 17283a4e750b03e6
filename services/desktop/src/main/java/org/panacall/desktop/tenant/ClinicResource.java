// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.tenant;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.access.Masks;
import org.panacall.desktop.directory.EditingClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.MergePatch;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.editing.Settings;
import org.panacall.proto.directory.v1.KeptTenant;
import org.panacall.proto.directory.v1.Tenant;
import org.panacall.proto.directory.v1.UpdateTenantRequest;

/** The caller's own tenant: what is set for all its queues and people. */
@Path("/api/v1/settings")
@RunOnVirtualThread
public class ClinicResource {

    /** What of a tenant can be set; its lists are resources of their own. */
    public static final Settings SETTINGS =
            new Settings(
                    Tenant.getDescriptor(),
                    Set.of(
                            "tenantId",
                            "sipDomain",
                            "numbers",
                            "queues",
                            "people",
                            "flows",
                            "serviceExtensions"),
                    Set.of());

    private static final String SCHEMA = "#/components/schemas/ClinicSettings";

    private final Access access;
    private final EditingClient editing;

    ClinicResource(Access access, EditingClient editing) {
        this.access = access;
        this.editing = editing;
    }

    /** The settings. The ETag is what a change has to name in If-Match. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "As they are now.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = SCHEMA)))
    public RestResponse<Map<String, Object>> read(@Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return answer(present(caller), caller);
    }

    /** Changes some settings: JSON Merge Patch (RFC 7396). For administrators. */
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = SCHEMA)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(ref = SCHEMA))
            })
    @APIResponse(
            responseCode = "200",
            description = "It is so now.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(ref = SCHEMA)))
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<Map<String, Object>> change(
            Map<String, Object> patch,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.administrator(headers);
        var seen = Revisions.required(ifMatch);
        var present = present(caller);
        var tenant = Tenant.newBuilder();
        SETTINGS.patch(present.getTenant(), patch, Map.of(), tenant);
        var known = Revisions.base(seen, present.getRevision());
        var answer =
                editing.update(
                        UpdateTenantRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, known))
                                .setTenant(tenant)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "tenant");
        return answer(answer.getTenant(), caller);
    }

    private KeptTenant present(Caller caller) {
        return editing.tenant(caller.tenantId()).orElseThrow(() -> Edits.unknown("tenant"));
    }

    private static RestResponse<Map<String, Object>> answer(KeptTenant kept, Caller caller) {
        return Revisions.tagged(
                        Masks.shown(SETTINGS.write(kept.getTenant()), caller), kept.getRevision())
                .build();
    }
}
