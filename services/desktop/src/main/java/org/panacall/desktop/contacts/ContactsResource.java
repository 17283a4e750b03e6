// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.Page;
import org.panacall.desktop.Paging;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Access;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.calls.DialledNumber;
import org.panacall.desktop.directory.ContactsClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.problems.Problem;
import org.panacall.proto.directory.v1.ListContactsRequest;

/** Patients and others. Whoever looks at them is written down. */
@Path("/api/v1/contacts")
@RunOnVirtualThread
public class ContactsResource {

    private static final int PAGE_MAX = 200;
    private static final int TEXT_MAX = 100;
    private static final int WORDS_MAX = 5;
    private static final int BEGINNING_MIN = 2;

    private final Access access;
    private final ContactsClient contacts;
    private final DirectoryClient directory;

    ContactsResource(Access access, ContactsClient contacts, DirectoryClient directory) {
        this.access = access;
        this.contacts = contacts;
        this.directory = directory;
    }

    /**
     * Contacts. Agents have to say whom they look for, and see masked numbers.
     *
     * @param search beginnings of names, all of which must be there: "ива пет"
     * @param number a whole one
     */
    @GET
    public Page<ContactView> list(
            @QueryParam("search") String search,
            @QueryParam("number") String number,
            @QueryParam("category") String category,
            @QueryParam("externalId") String externalId,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor,
            @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        if (!caller.seesAll() && search == null && number == null && externalId == null) {
            throw Problem.mistake("search", "is missing, as are number and externalId; give one");
        }
        var request =
                ListContactsRequest.newBuilder()
                        .setReader(ContactsClient.reader(caller))
                        .setSearch(searched(search))
                        .setNumber(number == null ? "" : dialled(number, caller))
                        .setCategory(text("category", category))
                        .setExternalId(text("externalId", externalId))
                        .setPageSize(Paging.size(limit, PAGE_MAX))
                        .setCursor(text("cursor", cursor))
                        .build();
        var answer = contacts.list(request);
        return new Page<>(
                answer.getContactsList().stream()
                        .map(kept -> ContactView.of(kept, caller))
                        .toList(),
                Wire.text(answer.getNextCursor()));
    }

    /** One contact. Its ETag is what a change has to name in If-Match. */
    @GET
    @Path("/{contact}")
    @APIResponse(responseCode = "404", description = "There is no such contact.")
    public RestResponse<ContactView> one(
            @PathParam("contact") String id, @Context HttpHeaders headers) {
        var caller = access.caller(headers);
        return contacts.contact(caller, id)
                .map(kept -> ContactView.answer(kept, caller).build())
                .orElseThrow(() -> Edits.unknown("contact"));
    }

    private static String searched(String search) {
        var text = text("search", search);
        var words = text.split("[^\\p{L}\\p{N}]+");
        var found = Stream.of(words).filter(word -> !word.isEmpty()).toList();
        var tooShort = found.stream().anyMatch(word -> word.length() < BEGINNING_MIN);
        if (search != null && (found.isEmpty() || found.size() > WORDS_MAX || tooShort)) {
            throw Problem.mistake("search", "must be 1 to 5 words of 2 letters or more");
        }
        return text;
    }

    private String dialled(String number, Caller caller) {
        var country = directory.tenant(caller.tenantId()).getCountry();
        // What came in a query may have lost its plus to a blank.
        return Optional.of(number.strip())
                .flatMap(written -> DialledNumber.of(written, country))
                .filter(dialled -> dialled.startsWith("+"))
                .orElseThrow(() -> Problem.mistake("number", "must be like +74950000100"));
    }

    /** Empty when there is none. */
    static String text(String field, String text) {
        if (text != null && text.length() > TEXT_MAX) {
            throw Problem.mistake(field, "must have at most " + TEXT_MAX + " characters");
        }
        return text == null ? "" : text;
    }
}
