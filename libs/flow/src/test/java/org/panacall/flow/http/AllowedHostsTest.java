// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    @ParameterizedTest
    @CsvSource({
        "mis.clinic.ru,https://mis.clinic.ru/a,true",
        "mis.clinic.ru,https://MIS.clinic.ru/a,true",
        "mis.clinic.ru,https://mis.clinic.ru:443/a,true",
        "mis.clinic.ru,https://mis.clinic.ru:8443/a,false",
        "mis.clinic.ru,http://mis.clinic.ru/a,false",
        "mis.clinic.ru,https://mis.clinic.ru.evil.test/,false",
        "mis.clinic.ru,https://evil-mis.clinic.ru/,false",
        "*.clinic.ru,https://mis.clinic.ru/,true",
        "*.clinic.ru,https://a.mis.clinic.ru/,true",
        "*.clinic.ru,https://clinic.ru/,false",
        "*.clinic.ru,https://evilclinic.ru/,false",
        "http://mis.local:8080,http://mis.local:8080/,true",
        "http://mis.local:8080,https://mis.local:8080/,false",
        "10.1.2.3,https://10.1.2.3/,true",
        "[fd12::1]:8443,https://[fd12::1]:8443/,true"
    })
    void aServerIsAskedAsItIsNamed(String entry, String url, boolean allowed) {
        assertEquals(allowed, AllowedHosts.of(List.of(entry)).allows(URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "clinic.ru/path",
                "ftp://clinic.ru",
                "user@clinic.ru",
                "clinic.ru:0",
                "clinic.ru:70000",
                "127.1",
                "0x7f.1",
                "2130706433",
                "0177.0.0.1",
                "clinic..ru",
                "-clinic.ru",
                "clinic.ru."
            })
    void whatIsNoServerIsNoEntry(String text) {
        assertFalse(AllowedHosts.isEntry(text));
    }

    @Test
    void valuesAreEncodedAndLeadNowhereElse() {
        // Given
        var template = UrlTemplate.of("https://mis.clinic.ru/p/{a}?phone={caller.number}");

        // When
        var url = UrlTemplate.filled(template.literals(), List.of("x/../y?z#", "+7 916&a=б"));

        // Then
        assertEquals(List.of("a", "caller.number"), template.expressions());
        assertEquals(
                "https://mis.clinic.ru/p/x%2F..%2Fy%3Fz%23?phone=%2B7%20916%26a%3D%D0%B1",
                url.toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> UrlTemplate.filled(template.literals(), List.of("..", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mis.clinic.ru/a",
                "ftp://mis.clinic.ru/",
                "https://{host}/a",
                "https://mis.{domain}/a",
                "https://mis.clinic.ru{path}",
                "https://user:word@mis.clinic.ru/",
                "https://mis.clinic.ru/#top",
                "https://mis.clinic.ru/{open",
                "https://2130706433/",
                "https://0x7f.1/",
                "https:///a",
                "https://mis.clinic.ru/a b"
            })
    void whatIsNoAddressIsRefused(String url) {
        assertThrows(IllegalArgumentException.class, () -> UrlTemplate.of(url));
    }
}
