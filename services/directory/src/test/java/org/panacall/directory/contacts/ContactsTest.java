// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.panacall.defaults.GrpcServer;
import org.panacall.directory.KamailioServer;
import org.panacall.directory.PostgresTestServer;
import org.panacall.proto.directory.v1.Change;
import org.panacall.proto.directory.v1.Contact;
import org.panacall.proto.directory.v1.ContactFileKind;
import org.panacall.proto.directory.v1.ContactImport;
import org.panacall.proto.directory.v1.ContactImportState;
import org.panacall.proto.directory.v1.ContactNumber;
import org.panacall.proto.directory.v1.ContactNumberKind;
import org.panacall.proto.directory.v1.ContactRule;
import org.panacall.proto.directory.v1.ContactTarget;
import org.panacall.proto.directory.v1.EditRefused.ReasonCase;
import org.panacall.proto.directory.v1.ListContactsRequest;
import org.panacall.simkit.Eventually;

@QuarkusTest
@QuarkusTestResource(PostgresTestServer.class)
@QuarkusTestResource(KamailioServer.class)
class ContactsTest {

    private static final String MOBILE = "+79160000001";

    @Inject GrpcServer grpc;
    @Inject Pool pool;

    private ContactKeeper keeper;

    @BeforeEach
    void connect() {
        keeper = new ContactKeeper(grpc.port());
    }

    @AfterEach
    void forget() {
        keeper.close();
        pool.query("delete from directory.contact")
                .execute()
                .chain(() -> pool.query("delete from directory.contact_total").execute())
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static ContactTarget person(String extension) {
        return ContactTarget.newBuilder().setExtension(extension).build();
    }

    private List<String> families(ListContactsRequest.Builder request) {
        return keeper.list(request).getContactsList().stream()
                .map(kept -> kept.getContact().getFamilyName())
                .sorted()
                .toList();
    }

    @Test
    void aContactIsFoundByEachOfItsNumbers() {
        // Given
        var patient =
                ContactKeeper.patient("Иванова", MOBILE, "+74951234500")
                        .setCategory("vip")
                        .setLanguage("uk")
                        .setResponsible(person("103"))
                        .setBranch("Центр")
                        .putAttributes("insurance", "A-17")
                        .addRules(
                                ContactRule.newBuilder()
                                        .setTo(ContactTarget.newBuilder().setQueueId("paid"))
                                        .setUntil(Timestamps.fromSeconds(1_900_000_000)))
                        .setExternalId("mis-1");

        // When
        var kept = keeper.made(patient);

        // Then
        var id = kept.getContact().getContactId();
        assertEquals(patient.setContactId(id).build(), kept.getContact());
        assertEquals(List.of(kept.getContact()), keeper.find(MOBILE));
        assertEquals(List.of(kept.getContact()), keeper.find("+74951234500"));
        assertEquals(List.of(), keeper.find("+74951234501"));
        assertEquals(kept, keeper.contact(id).getContact());
        assertTrue(kept.hasCreatedAt() && kept.hasChangedAt());
    }

    @Test
    void whoHasANumberNowComesBeforeWhoHadIt() {
        // Given
        var old = ContactNumber.newBuilder().setNumber(MOBILE);
        old.setKind(ContactNumberKind.CONTACT_NUMBER_KIND_OLD);
        keeper.made(Contact.newBuilder().setFamilyName("Петров").addNumbers(old));
        keeper.made(ContactKeeper.patient("Иванова", MOBILE));

        // When
        var found = keeper.find(MOBILE);

        // Then
        assertEquals(
                List.of("Иванова", "Петров"), found.stream().map(Contact::getFamilyName).toList());
    }

    @Test
    void aChangeIsMadeOnWhatItsAuthorHasSeen() {
        // Given
        var kept = keeper.made(ContactKeeper.patient("Иванова", MOBILE));
        var changed = kept.getContact().toBuilder().setFamilyName("Петрова");
        changed.setNumbers(0, ContactNumber.newBuilder().setNumber("+79160000002"));

        // When
        var edit = ContactKeeper.edit().setKnownRevision(kept.getRevision());
        var first = keeper.update(edit, changed);
        var again = keeper.update(edit, changed);
        var stale = keeper.update(edit, changed.clone().setBranch("Ю"));

        // Then
        assertEquals("Петрова", first.getContact().getContact().getFamilyName());
        assertNotEquals(kept.getRevision(), first.getContact().getRevision());
        assertEquals(first.getContact(), again.getContact(), "it is so already");
        assertEquals(ReasonCase.REVISION_STALE, stale.getRefused().getReasonCase());
        assertEquals(List.of(), keeper.find(MOBILE));
        assertEquals(1, keeper.find("+79160000002").size());
        var id = kept.getContact().getContactId();
        assertTrue(keeper.delete(id).hasDeleted());
        assertEquals(ReasonCase.ENTITY_UNKNOWN, keeper.delete(id).getRefused().getReasonCase());
        assertTrue(keeper.contact(id).hasUnknown());
        assertEquals(List.of(), keeper.find("+79160000002"));
    }

    @Test
    void aRequestIsCarriedOutOnceAKey() {
        // Given
        var edit = ContactKeeper.edit().setRequestKey("key-" + System.nanoTime());

        // When
        var first = keeper.create(edit, ContactKeeper.patient("Иванова", MOBILE));
        var again = keeper.create(edit, ContactKeeper.patient("Иванова", MOBILE));
        var other = keeper.create(edit, ContactKeeper.patient("Петрова", MOBILE));

        // Then
        assertEquals(first.getContact(), again.getContact());
        assertEquals(ReasonCase.REQUEST_KEY_REUSED, other.getRefused().getReasonCase());
        assertEquals(1, keeper.find(MOBILE).size());
    }

    @Test
    void everythingWrongIsNamed() {
        // Given
        var wrong =
                ContactKeeper.patient("Я".repeat(101), "123", MOBILE, MOBILE)
                        .setCategory("unheard-of")
                        .setLanguage("?")
                        .setResponsible(person("199"))
                        .putAttributes("Bad name", "x")
                        .addRules(ContactRule.newBuilder().setTo(person("103")));

        // When
        var refused = keeper.create(ContactKeeper.edit(), wrong).getRefused();

        // Then
        assertEquals(
                List.of(
                        "familyName",
                        "numbers[0].number",
                        "numbers[2].number",
                        "language",
                        "category",
                        "responsible.extension",
                        "attributes",
                        "rules[0]"),
                refused.getMistakesFound().getMistakesList().stream()
                        .map(one -> one.getField())
                        .toList());
        var none = keeper.create(ContactKeeper.edit(), ContactKeeper.patient("Иванова"));
        assertEquals("numbers", none.getRefused().getMistakesFound().getMistakes(0).getField());
    }

    @Test
    void anExternalIdIsOneContactsAlone() {
        // Given
        keeper.made(ContactKeeper.patient("Иванова", MOBILE).setExternalId("mis-2"));

        // When
        var second =
                keeper.create(
                        ContactKeeper.edit(),
                        ContactKeeper.patient("Петрова", MOBILE).setExternalId("mis-2"));

        // Then
        assertEquals(
                "externalId", second.getRefused().getMistakesFound().getMistakes(0).getField());
    }

    @ParameterizedTest
    @CsvSource({
        "'ива', 'Иванов, Иванова'",
        "'ИВАНОВА', Иванова",
        "'анн ива', Иванова",
        "'семен', Иванов",
        "'щедрин', Салтыков-Щедрин",
        "'пет', ''"
    })
    void namesAreFoundByTheirBeginnings(String search, String families) {
        // Given
        keeper.made(ContactKeeper.patient("Иванова", "+79160000011").setGivenName("Анна"));
        keeper.made(ContactKeeper.patient("Иванов", "+79160000012").setGivenName("Семён"));
        keeper.made(ContactKeeper.patient("Салтыков-Щедрин", "+79160000013"));

        // When
        var found = families(ListContactsRequest.newBuilder().setSearch(search));

        // Then
        assertEquals(families, String.join(", ", found));
    }

    @Test
    void contactsComeInPagesAndByWhatIsLookedFor() {
        // Given
        IntStream.range(0, 5)
                .forEach(
                        i ->
                                keeper.made(
                                        ContactKeeper.patient("П" + i, "+7916000010" + i)
                                                .setCategory(i < 2 ? "vip" : "")
                                                .setExternalId("mis-p" + i)));

        // When
        var first = keeper.list(ListContactsRequest.newBuilder().setPageSize(3));
        var second =
                keeper.list(
                        ListContactsRequest.newBuilder()
                                .setPageSize(3)
                                .setCursor(first.getNextCursor()));

        // Then
        assertEquals(3, first.getContactsCount());
        assertEquals(2, second.getContactsCount());
        assertEquals("", second.getNextCursor());
        var request = ListContactsRequest.newBuilder();
        assertEquals(List.of("П0", "П1"), families(request.clone().setCategory("vip")));
        assertEquals(List.of("П3"), families(request.clone().setNumber("+79160000103")));
        assertEquals(List.of("П4"), families(request.clone().setExternalId("mis-p4")));
        assertThrows(
                StatusRuntimeException.class, () -> keeper.list(request.clone().setSearch("п")));
    }

    @Test
    void whoSawAndChangedWhatIsWrittenDownButNotWhatItWas() {
        // Given
        var kept = keeper.made(ContactKeeper.patient("Неповторимов", MOBILE));
        var id = kept.getContact().getContactId();

        // When
        keeper.contact(id);
        keeper.update(ContactKeeper.edit(), kept.getContact().toBuilder().setBranch("Юг"));
        keeper.delete(id);
        keeper.list(ListContactsRequest.newBuilder().setSearch("непов").setExported(true));

        // Then
        var changes = keeper.changes(id);
        assertEquals(
                List.of("contact-deleted", "contact-changed", "contact-viewed", "contact-created"),
                changes.stream().map(Change::getKind).toList());
        assertEquals("reader", changes.get(2).getAuthor());
        assertTrue(changes.get(1).getAfter().contains("branch"));
        var exported = keeper.changes("contacts").getFirst();
        assertEquals("contacts-exported", exported.getKind());
        assertTrue(exported.getAfter().contains("search"));
        changes.forEach(
                change -> {
                    var told = change.getBefore() + change.getAfter();
                    assertFalse(told.contains("Непов") || told.contains(MOBILE), told);
                });
    }

    @Test
    void aFileIsWorkedOffLineByLineAndMayComeAgain() {
        // Given
        var kept =
                keeper.made(
                        ContactKeeper.patient("Иванова", MOBILE)
                                .setExternalId("mis-7")
                                .setBranch("Центр"));
        keeper.made(ContactKeeper.patient("Петров", "+79160000007"));
        var file =
                "externalId,familyName,mobile,category\n"
                        + "mis-7,Иванова-Сергеева,8 916 000-00-01,vip\n"
                        + ",Петров,+79160000007,\n"
                        + "mis-8,Сидоров,89160000008,\n"
                        + "mis-9,Кривой,12,nonsense\n"
                        + "mis-8,Сидоров,89160000008,existing\n";

        // When
        var edit = ContactKeeper.edit().setRequestKey("import-" + System.nanoTime());
        var begun = keeper.upload(edit, ContactFileKind.CONTACT_FILE_KIND_CSV, file).getImport();
        var done = ended(begun.getImportId());
        var repeated = keeper.upload(edit, ContactFileKind.CONTACT_FILE_KIND_CSV, file).getImport();

        // Then
        assertEquals(5, begun.getLines());
        assertEquals(5, done.getLinesDone());
        assertEquals(1, done.getCreated());
        assertEquals(3, done.getChanged());
        assertEquals(1, done.getRefused());
        assertEquals(0, done.getUnchanged());
        assertEquals(5, done.getMistakes(0).getLine());
        assertEquals("keeper", done.getAuthor());
        assertEquals(done, repeated);
        var ivanova = keeper.find(MOBILE).getFirst();
        assertEquals(kept.getContact().getContactId(), ivanova.getContactId());
        assertEquals("Иванова-Сергеева", ivanova.getFamilyName());
        assertEquals("Центр", ivanova.getBranch(), "what a line does not say stays");
        assertEquals("existing", keeper.find("+79160000008").getFirst().getCategory());
        assertEquals(
                List.of("contacts-imported", "contacts-import-started"),
                keeper.changes(begun.getImportId()).stream().map(Change::getKind).toList());

        // When
        var again =
                keeper.upload(ContactKeeper.edit(), ContactFileKind.CONTACT_FILE_KIND_CSV, file);

        // Then
        var second = ended(again.getImport().getImportId());
        assertEquals(0, second.getCreated());
        assertEquals(1, second.getRefused());
    }

    @Test
    void manyContactsComeInOneFile() {
        // Given
        var lines = new StringBuilder("[");
        for (int i = 0; i < 3_000; i++) {
            lines.append(i == 0 ? "" : ",")
                    .append("{\"familyName\":\"Пациент\",\"externalId\":\"m-%d\",".formatted(i))
                    .append("\"numbers\":[{\"number\":\"+7925%07d\"}]}".formatted(i));
        }

        // When
        var file = lines.append(']').toString();
        var begun =
                keeper.upload(ContactKeeper.edit(), ContactFileKind.CONTACT_FILE_KIND_JSON, file);
        var done = ended(begun.getImport().getImportId());

        // Then
        assertEquals(3_000, done.getCreated());
        assertEquals("m-2999", keeper.find("+79250002999").getFirst().getExternalId());
    }

    @Test
    void aFileThatIsNoneIsRefusedWhole() {
        var answer =
                keeper.upload(
                        ContactKeeper.edit(), ContactFileKind.CONTACT_FILE_KIND_CSV, "what\nx");
        var mistake = answer.getRefused().getMistakesFound().getMistakes(0);
        assertEquals("file", mistake.getField());
        assertTrue(mistake.getMessage().contains("familyName"), mistake.getMessage());
    }

    private ContactImport ended(String importId) {
        Eventually.isTrue(
                "the import has ended",
                () ->
                        keeper.imported(importId).getState()
                                == ContactImportState.CONTACT_IMPORT_STATE_DONE);
        return keeper.imported(importId);
    }
}
