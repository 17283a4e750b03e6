// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.contacts.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.directory.contacts.file.ContactFile.Line;
import org.panacall.proto.directory.v1.ContactFileKind;

class ContactFileTest {

    private static final int MOST = 100;

    private static List<Line> csv(String text) throws FileRefused {
        return ContactFile.read(
                text.getBytes(StandardCharsets.UTF_8), ContactFileKind.CONTACT_FILE_KIND_CSV, MOST);
    }

    private static List<Line> json(String text) throws FileRefused {
        return ContactFile.read(
                text.getBytes(StandardCharsets.UTF_8),
                ContactFileKind.CONTACT_FILE_KIND_JSON,
                MOST);
    }

    @Test
    void whatASpreadsheetMakesIsRead() throws FileRefused {
        // When
        var lines =
                csv(
                        "\uFEFFfamilyName;mobile;numbers;responsible.queueId;attributes.insurance;"
                                + "notes\r\n"
                                + "Иванова;8 (916) 000-00-01;+74951234500|+74951234501;"
                                + "registry;A-17;"
                                + "\"зовёт \"\"Аня\"\";\r\nсвоя\"\r\n"
                                + "\r\n"
                                + ";;;;;\r\n"
                                + "Петров;;;;;");

        // Then
        assertEquals(2, lines.size());
        assertEquals(2, lines.getFirst().line());
        assertEquals(
                Map.of(
                        "familyName",
                        "Иванова",
                        "numbers",
                        List.of(
                                Map.of("number", "8 (916) 000-00-01", "kind", "mobile"),
                                Map.of("number", "+74951234500"),
                                Map.of("number", "+74951234501")),
                        "responsible",
                        Map.of("queueId", "registry"),
                        "attributes",
                        Map.of("insurance", "A-17"),
                        "notes",
                        "зовёт \"Аня\";\r\nсвоя"),
                lines.getFirst().tree());
        assertEquals(6, lines.getLast().line());
        assertEquals(Map.of("familyName", "Петров"), lines.getLast().tree());
    }

    @Test
    void aListOfContactsIsRead() throws FileRefused {
        var lines = json("[{\"familyName\":\"Иванова\"},{\"numbers\":[{\"number\":\"1\"}]}]");
        assertEquals(2, lines.size());
        assertEquals(2, lines.getLast().line());
        assertEquals(List.of(Map.of("number", "1")), lines.getLast().tree().get("numbers"));
        assertTrue(json("[]").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "[{\"a\":1,\"a\":2}]", "[{}", "nonsense", "[[{}]]"})
    void whatIsNoListOfContactsIsRefused(String file) {
        assertThrows(FileRefused.class, () -> json(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "name\nx", "familyName,familyName\na,b", "contactId\n1", "rules\n1"})
    void columnsThatAreNotKnownAreRefused(String file) {
        var refused = assertThrows(FileRefused.class, () -> csv(file));
        assertFalse(refused.getMessage().contains("name\nx"), refused.getMessage());
    }

    @Test
    void tooManyAndOtherLettersAreRefused() {
        assertThrows(FileRefused.class, () -> csv("familyName\n" + "Иванова\n".repeat(MOST + 1)));
        var other = "familyName\nИванова\n".getBytes(Charset.forName("windows-1251"));
        assertThrows(
                FileRefused.class,
                () -> ContactFile.read(other, ContactFileKind.CONTACT_FILE_KIND_CSV, MOST));
    }
}
