// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.calls.DialledNumber;
import org.panacall.desktop.directory.ContactsClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.MergePatch;
import org.panacall.desktop.editing.Revisions;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.KeptContact;
import org.panacall.proto.directory.v1.UpdateContactRequest;

/** Making, changing and deleting contacts, by those who see whole numbers. */
@Path("/api/v1/contacts")
@RunOnVirtualThread
public class ContactEditsResource {

    private static final String WHOLE = "#/components/schemas/ContactSettings";

    private final Access access;
    private final ContactsClient contacts;
    private final DirectoryClient directory;

    ContactEditsResource(Access access, ContactsClient contacts, DirectoryClient directory) {
        this.access = access;
        this.contacts = contacts;
        this.directory = directory;
    }

    /** Makes a contact; its id is made as well. */
    @POST
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)))
    @APIResponse(responseCode = "201", description = "It is there, and known to flows at once.")
    public RestResponse<ContactView> make(
            Map<String, Object> body,
            @HeaderParam("Idempotency-Key") String key,
            @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        var contact = Contact.newBuilder();
        ContactView.SETTINGS.read(body, Map.of(), contact);
        var answer =
                contacts.create(
                        CreateContactRequest.newBuilder()
                                .setEdit(Edits.of(caller, key, Revisions.ANY))
                                .setContact(dialled(contact, caller))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "contact");
        var kept = answer.getContact();
        return ContactView.answer(kept, caller)
                .status(RestResponse.Status.CREATED)
                .location(URI.create("/api/v1/contacts/" + kept.getContact().getContactId()))
                .build();
    }

    /** Replaces all that is kept of a contact. */
    @PUT
    @Path("/{contact}")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)))
    @APIResponse(responseCode = "200", description = "It is so now.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<ContactView> replace(
            @PathParam("contact") String id,
            Map<String, Object> body,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        var seen = Revisions.required(ifMatch);
        var contact = Contact.newBuilder();
        ContactView.SETTINGS.read(body, Map.of("id", id), contact);
        return update(caller, contact.setContactId(id), seen);
    }

    /** Changes some of what is kept of a contact: JSON Merge Patch (RFC 7396). */
    @PATCH
    @Path("/{contact}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = WHOLE)),
                @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(ref = WHOLE))
            })
    @APIResponse(responseCode = "200", description = "It is so now.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    @APIResponse(responseCode = "428", description = "If-Match is missing.")
    public RestResponse<ContactView> change(
            @PathParam("contact") String id,
            Map<String, Object> patch,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = access.overseer(headers);
        var seen = Revisions.required(ifMatch);
        var present = present(caller, id);
        var contact = Contact.newBuilder();
        ContactView.SETTINGS.patch(present.getContact(), patch, Map.of("id", id), contact);
        var known = Revisions.base(seen, present.getRevision());
        return update(caller, contact.setContactId(id), known);
    }

    /** Deletes a contact; nothing of it is kept. For administrators and systems. */
    @DELETE
    @Path("/{contact}")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @APIResponse(responseCode = "412", description = "Somebody else has changed it.")
    public void delete(
            @PathParam("contact") String id,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpHeaders headers) {
        var caller = ContactKeepers.keeper(access.overseer(headers));
        var answer =
                contacts.delete(
                        DeleteContactRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, Revisions.optional(ifMatch)))
                                .setContactId(id)
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "contact");
    }

    private KeptContact present(Caller caller, String id) {
        return contacts.contact(caller, id).orElseThrow(() -> Edits.unknown("contact"));
    }

    private RestResponse<ContactView> update(
            Caller caller, Contact.Builder contact, long knownRevision) {
        var answer =
                contacts.update(
                        UpdateContactRequest.newBuilder()
                                .setEdit(Edits.of(caller, null, knownRevision))
                                .setContact(dialled(contact, caller))
                                .build());
        Edits.check(answer.hasRefused(), answer.getRefused(), "contact");
        return ContactView.answer(answer.getContact(), caller).build();
    }

    /** With numbers as they are dialled; those that cannot be stay, and are refused. */
    private Contact dialled(Contact.Builder contact, Caller caller) {
        var country = directory.tenant(caller.tenantId()).getCountry();
        contact.getNumbersBuilderList()
                .forEach(
                        one ->
                                DialledNumber.of(one.getNumber(), country)
                                        .ifPresent(one::setNumber));
        return contact.build();
    }
}
