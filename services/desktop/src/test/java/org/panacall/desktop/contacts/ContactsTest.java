// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.contacts;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.desktop.Platform;
import org.panacall.desktop.Rest;
import org.panacall.proto.directory.v1.ContactFileKind;
import org.panacall.proto.directory.v1.CreateContactRequest;
import org.panacall.proto.directory.v1.DeleteContactRequest;
import org.panacall.proto.directory.v1.GetContactRequest;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.proto.directory.v1.UpdateContactRequest;

@QuarkusTest
@QuarkusTestResource(Platform.class)
class ContactsTest {

    private static final String TOKEN = "demo-token";
    private static final String CONTACTS = "/api/v1/contacts";

    @BeforeEach
    void awaitConfiguration() {
        Rest.awaitConfiguration();
        Platform.CONTACTS.asked.clear();
    }

    private static <T> T asked(Class<T> kind) {
        return assertInstanceOf(kind, Platform.CONTACTS.asked.poll());
    }

    @Test
    void contactsAreFoundInPagesAndWhoLooksIsTold() {
        // When
        Rest.as(TOKEN)
                .queryParam("search", "ива пет")
                .queryParam("number", "8 495 123-45-00")
                .queryParam("category", "vip")
                .get(CONTACTS)
                .then()
                .statusCode(200)
                .body("items.id", contains("contact_1"))
                .body("items[0].numbers[0].number", equalTo("+74951234500"))
                .body("items[0].category", equalTo("vip"))
                .body("nextCursor", equalTo("contact_1"));

        // Then
        var request = asked(ListContactsRequest.class);
        assertEquals("ива пет", request.getSearch());
        assertEquals("+74951234500", request.getNumber());
        assertEquals("vip", request.getCategory());
        assertEquals("demo", request.getReader().getTenantId());
        assertTrue(!request.getReader().getReader().isEmpty());
    }

    @Test
    void agentsSayWhomTheyLookForAndSeeMaskedNumbers() {
        var agent = Rest.session("104");
        Rest.as(agent).get(CONTACTS).then().statusCode(400);
        Rest.as(agent)
                .queryParam("search", "ива")
                .get(CONTACTS)
                .then()
                .statusCode(200)
                .body("items[0].numbers[0].number", equalTo("+7495*****00"));
        Rest.as(agent)
                .get(CONTACTS + "/contact_1")
                .then()
                .statusCode(200)
                .header("ETag", "\"7\"")
                .body("numbers[0].number", equalTo("+7495*****00"))
                .body("createdAt", equalTo("1970-01-01T00:00:01Z"));
        asked(ListContactsRequest.class);
        assertEquals("agent_104", asked(GetContactRequest.class).getReader().getReader());
        Rest.as(agent).get(CONTACTS + "/contact_9").then().statusCode(404);
    }

    @Test
    void aContactIsMadeWithNumbersAsPeopleWriteThem() {
        // When
        Rest.as(TOKEN)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", "c1")
                .body(
                        """
                        {"familyName": "Петров", "numbers": [{"number": "8 916 000-00-01",
                        "kind": "mobile"}], "responsible": {"extension": "103"},
                        "rules": [{"to": {"queueId": "registry"},
                        "until": "2027-01-31T09:00:00Z"}], "attributes": {"insurance": "A-17"}}
                        """)
                .post(CONTACTS)
                .then()
                .statusCode(201)
                .header("Location", endsWith(CONTACTS + "/contact_3"))
                .header("ETag", "\"7\"")
                .body("id", equalTo("contact_3"))
                .body("responsible.extension", equalTo("103"))
                .body("rules[0].until", equalTo("2027-01-31T09:00:00Z"))
                .body("contactId", nullValue());

        // Then
        var request = asked(CreateContactRequest.class);
        assertEquals("c1", request.getEdit().getRequestKey());
        assertEquals("+79160000001", request.getContact().getNumbers(0).getNumber());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | numbers",
                "{\"familyName\": 7}                           | familyName",
                "{\"contactId\": \"contact_1\"}                | contactId",
                "{\"responsible\": {\"extension\":\"1\",\"queueId\":\"2\"}} | responsible.queueId"
            })
    void whatIsWrongIsNamed(String json, String field) {
        Rest.as(TOKEN)
                .contentType(ContentType.JSON)
                .body(json)
                .post(CONTACTS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void aChangeNamesWhatItsAuthorHasSeen() {
        var asked = Rest.as(TOKEN).contentType(ContentType.JSON).body("{\"category\":\"urgent\"}");
        asked.patch(CONTACTS + "/contact_1").then().statusCode(428);
        asked.header("If-Match", "\"6\"").patch(CONTACTS + "/contact_1").then().statusCode(412);
        Platform.CONTACTS.asked.clear();

        // When
        Rest.as(TOKEN)
                .contentType(ContentType.JSON)
                .header("If-Match", "\"7\"")
                .body("{\"category\":\"urgent\"}")
                .patch(CONTACTS + "/contact_1")
                .then()
                .statusCode(200)
                .body("category", equalTo("urgent"));

        // Then
        asked(GetContactRequest.class);
        var request = asked(UpdateContactRequest.class);
        assertEquals(
                PlayedContacts.contact("contact_1").toBuilder().setCategory("urgent").build(),
                request.getContact());
        Rest.as(TOKEN)
                .contentType(ContentType.JSON)
                .header("If-Match", "*")
                .body("{\"externalId\":\"x\"}")
                .put(CONTACTS + "/contact_1")
                .then()
                .statusCode(200)
                .body("category", nullValue());
    }

    @Test
    void onlyThoseWhoMayChangeAndTakeOut() {
        var agent = Rest.session("104");
        var supervisor = Rest.session("201");
        Rest.as(agent)
                .contentType(ContentType.JSON)
                .body("{\"externalId\":\"x\"}")
                .post(CONTACTS)
                .then()
                .statusCode(403);
        for (var some : new String[] {agent, supervisor}) {
            Rest.as(some).delete(CONTACTS + "/contact_1").then().statusCode(403);
            Rest.as(some).get(CONTACTS + "/export").then().statusCode(403);
            Rest.as(some)
                    .contentType("text/csv")
                    .body("familyName\nx")
                    .post(CONTACTS + "/imports")
                    .then()
                    .statusCode(403);
        }
        assertEquals(0, Platform.CONTACTS.asked.size());
        Rest.as(TOKEN).delete(CONTACTS + "/contact_1").then().statusCode(204);
        assertEquals("contact_1", asked(DeleteContactRequest.class).getContactId());
    }

    @Test
    void aFileIsTakenAndItsProgressTold() {
        // When
        var csv = "familyName,numbers\n" + "Иванова,+79160000001\n".repeat(5_000);
        Rest.as(TOKEN)
                .contentType("text/csv; charset=utf-8")
                .body(csv)
                .post(CONTACTS + "/imports")
                .then()
                .statusCode(202)
                .header("Location", endsWith(CONTACTS + "/imports/import_1"))
                .body("state", equalTo("running"))
                .body("lines", equalTo(3));

        // Then
        var file = asked(PlayedContacts.File.class);
        assertEquals(ContactFileKind.CONTACT_FILE_KIND_CSV, file.start().getKind());
        assertEquals(csv, file.text());
        Rest.as(TOKEN)
                .get(CONTACTS + "/imports/import_1")
                .then()
                .statusCode(200)
                .body("state", equalTo("done"))
                .body("errors[0].line", equalTo(4))
                .body("errors[0].field", equalTo("numbers[0].number"));
        Rest.as(TOKEN).get(CONTACTS + "/imports/import_2").then().statusCode(404);
    }

    @Test
    void allContactsComeAsAFileThatCanBeImportedAgain() {
        // When
        var csv =
                Rest.as(TOKEN)
                        .get(CONTACTS + "/export")
                        .then()
                        .statusCode(200)
                        .contentType(containsString("text/csv"))
                        .extract()
                        .asString();

        // Then
        assertEquals(3, csv.lines().count());
        assertTrue(csv.startsWith("externalId,familyName,"), csv);
        assertTrue(csv.contains("mis-contact_2,\"Иванова, \"\"Анна\"\"\",,,+74951234500,"), csv);
        assertTrue(asked(ListContactsRequest.class).getExported());
        assertTrue(asked(ListContactsRequest.class).getExported());
    }
}
