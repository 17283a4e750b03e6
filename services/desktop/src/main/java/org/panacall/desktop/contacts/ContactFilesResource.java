// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.directory.ContactsClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Problem;
import org.panacall.desktop.problems.ProblemKind;
import org.panacall.proto.directory.v1.ContactFileKind;
import org.panacall.proto.directory.v1.ContactImportStart;

/** Contacts as files: many at once in, and all of them out. For administrators and systems. */
@Path("/api/v1/contacts")
@RunOnVirtualThread
public class ContactFilesResource {

    private static final String CSV = "text/csv";
    private static final int BYTES_MAX = 20 << 20;
    private static final int UPLOADS_MAX = 4;
    private static final Duration AWAY = Duration.ofSeconds(5);

    private final Access access;
    private final ContactsClient contacts;
    private final Semaphore uploads = new Semaphore(UPLOADS_MAX);

    ContactFilesResource(Access access, ContactsClient contacts) {
        this.access = access;
        this.contacts = contacts;
    }

    /**
     * Takes contacts from a file: CSV with a line of field names, or a JSON list. A contact is
     * known by its externalId, else by its first number; what a line says takes the place of what
     * is kept. The lines are worked off afterwards.
     */
    @POST
    @Path("/imports")
    @Consumes({CSV, MediaType.APPLICATION_JSON})
    @RequestBody(
            content = {
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class))
            })
    @APIResponse(responseCode = "202", description = "It is being worked off; see Location.")
    @APIResponse(responseCode = "413", description = "It is too large.")
    public RestResponse<ContactImportView> take(
            InputStream body,
            @HeaderParam("Content-Type") String type,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = ContactKeepers.keeper(access.overseer(headers));
        var isCsv = type != null && type.toLowerCase(Locale.ROOT).startsWith(CSV);
        var start =
                ContactImportStart.newBuilder()
                        .setEdit(Edits.of(caller, key, Revisions.ANY))
                        .setKind(
                                isCsv
                                        ? ContactFileKind.CONTACT_FILE_KIND_CSV
                                        : ContactFileKind.CONTACT_FILE_KIND_JSON)
                        .build();
        if (!uploads.tryAcquire()) {
            throw Problem.later(ProblemKind.SERVICE_AWAY, "Too many files come at once.", AWAY);
        }
        try {
            var answer = contacts.upload(start, read(body));
            Edits.check(answer.hasRefused(), answer.getRefused(), "file");
            var view = ContactImportView.of(answer.getImport());
            return RestResponse.ResponseBuilder.<ContactImportView>accepted(view)
                    .location(URI.create("/api/v1/contacts/imports/" + view.id()))
                    .build();
        } finally {
            uploads.release();
        }
    }

    private static byte[] read(InputStream body) {
        try {
            var file = body == null ? new byte[0] : body.readNBytes(BYTES_MAX + 1);
            if (file.length > BYTES_MAX) {
                throw Problem.mistake("file", "is larger than 20 MiB; send several");
            }
            return file;
        } catch (IOException torn) {
            throw Problem.mistake("file", "did not come whole; send it again");
        }
    }

    /** How far an import has come, and what was wrong with its first lines that were refused. */
    @GET
    @Path("/imports/{import}")
    public ContactImportView imported(
            @PathParam("import") String id, @Context HttpHeaders headers) {
        var caller = ContactKeepers.keeper(access.overseer(headers));
        return contacts.imported(caller.tenantId(), id)
                .map(ContactImportView::of)
                .orElseThrow(() -> Edits.unknown("import"));
    }

    /** All contacts, or those of a category, as CSV that can be imported again. */
    @GET
    @Path("/export")
    @Produces(CSV)
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    public Response export(@QueryParam("category") String category, @Context HttpHeaders headers) {
        var caller = ContactKeepers.keeper(access.overseer(headers));
        var filter = ContactsResource.text("category", category);
        var export = new ContactExport(contacts, caller, filter);
        // The first page is asked for before anything is answered, so that a fault is a problem.
        export.begin();
        StreamingOutput rest = export::write;
        return Response.ok(rest, CSV + ";charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"contacts.csv\"")
                .build();
    }
}
