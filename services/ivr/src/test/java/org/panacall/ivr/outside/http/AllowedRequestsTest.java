// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be asked, and who learns what is secret. */
class AllowedRequestsTest {

    private final Asker asker = new Asker();

    @AfterEach
    void close() {
        asker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "169.254.169.254",
                "[fd00:ec2::254]",
                "localhost"
            })
    void noAddressOfOurOwnIsAskedByDefaultEvenWhenTheClinicSaysSo(String host) {
        // Given
        var server = asker.serving(ClinicServer.json("{}"));
        asker.networks("").host(host).mayAsk("http://" + host + ":" + server.port());

        // When
        var answer = asker.ask();

        // Then
        assertEquals("failed", answer.outcome().exit());
        assertEquals("address-not-allowed", answer.reason());
        assertTrue(server.seen().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0x7f000001", "127.0.0.1."})
    void addressesThatAreReadDifferentlyAreNoHosts(String host) {
        var server = asker.serving(ClinicServer.json("{}"));
        asker.host(host).mayAsk("http://" + host + ":" + server.port());
        assertEquals("url-unsound", asker.ask().reason());
        assertTrue(server.seen().isEmpty());
    }

    @Test
    void onlyHostsOfTheListAreAsked() {
        var server = asker.serving(ClinicServer.json("{}"));
        asker.name("other.test", "127.0.0.1").host("other.test");
        assertEquals("host-not-allowed", asker.ask().reason());
        assertEquals(0, asker.lookups());
        assertTrue(server.seen().isEmpty());
        asker.mayAsk("http://*.test:" + server.port());
        assertEquals("done", asker.ask().outcome().exit());
    }

    @Test
    void aNameOfOurOwnAddressIsNotAsked() {
        var server = asker.serving(ClinicServer.json("{}"));
        asker.networks("").name("mis.test", "127.0.0.1", "::1", "10.0.0.1");
        assertEquals("address-not-allowed", asker.ask().reason());
        assertTrue(server.seen().isEmpty());
    }

    @Test
    void theAddressThatWasCheckedIsTheOneThatIsAsked() {
        // Given: a name that stands for two addresses, of which one may be asked.
        var server = asker.serving(ClinicServer.json("{}"));
        asker.name("mis.test", "127.0.0.2", "127.0.0.1");

        // When
        var answer = asker.ask();

        // Then: it is looked up once, so there is no second answer that could be another.
        assertEquals("done", answer.outcome().exit());
        assertEquals(1, asker.lookups());
        assertEquals("mis.test:" + server.port(), server.seen().getFirst().headers().get("host"));
    }

    @Test
    void aNameThatNobodyKnowsFails() {
        asker.serving(ClinicServer.json("{}")).seen();
        asker.host("nowhere.invalid")
                .mayAsk("http://nowhere.invalid:80")
                .mayAsk("http://*.invalid");
        asker.port(80);
        assertEquals("unknown-host", asker.ask().reason());
    }

    private static ClinicServer.Conduct leading(String location) {
        return (_, out) ->
                ClinicServer.write(
                        out,
                        "HTTP/1.1 302 Found\r\nLocation: "
                                + location
                                + "\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void redirectionsAreNotFollowedUnlessItIsDrawn() {
        var there = asker.also(new ClinicServer(ClinicServer.json("{}")));
        asker.serving(leading("http://mis.test:" + there.port() + "/")).seen();
        asker.mayAsk("http://mis.test:" + there.port());
        assertEquals("status-3xx", asker.ask().reason());
        assertTrue(there.seen().isEmpty());
        assertEquals("done", asker.redirects(1).ask().outcome().exit());
        assertEquals(1, there.seen().size());
    }

    @Test
    void aRedirectionToOurselvesIsNotFollowed() throws Exception {
        // Given
        var inside =
                asker.also(
                        new ClinicServer(
                                InetAddress.ofLiteral("127.0.0.2"), ClinicServer.json("{}")));
        asker.redirects(3);

        // When
        asker.serving(leading("http://127.0.0.2:" + inside.port() + "/")).seen();
        var notNamed = asker.ask();
        asker.mayAsk("http://127.0.0.2:" + inside.port());
        var named = asker.ask();

        // Then
        assertEquals("host-not-allowed", notNamed.reason());
        assertEquals("address-not-allowed", named.reason());
        assertTrue(inside.seen().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "gopher://mis.test/", "http://a@mis.test/", "::"})
    void aRedirectionToNonsenseIsNotFollowed(String location) {
        asker.serving(leading(location)).seen();
        var reason = asker.redirects(1).ask().reason();
        assertTrue(reason.equals("redirect-unsound"), reason);
    }

    @Test
    void whoeverIsLedInCirclesComesBack() {
        var server = asker.serving(leading("/again"));
        assertEquals("status-3xx", asker.redirects(3).ask().reason());
        assertEquals(4, server.seen().size());
    }

    @Test
    void aSecretIsForItsServerAlone() {
        // Given: another server, which leads to itself.
        var there =
                asker.also(
                        new ClinicServer(
                                (request, out) -> {
                                    if (request.line().contains("/self")) {
                                        ClinicServer.json("{}").answer(request, out);
                                    } else {
                                        leading("/self").answer(request, out);
                                    }
                                }));
        var here = asker.serving(leading("http://mis.test:" + there.port() + "/"));
        asker.mayAsk("http://mis.test:" + there.port()).redirects(3);

        // When
        var answer = asker.secretHeader("Authorization", "mis").signWith("mis").ask();

        // Then
        assertEquals("done", answer.outcome().exit());
        assertEquals(Asker.SECRET, here.seen().getFirst().headers().get("authorization"));
        assertEquals(2, there.seen().size());
        for (var seen : there.seen()) {
            assertNull(seen.headers().get("authorization"));
            assertNull(seen.headers().get("panacall-signature"));
            assertNull(seen.headers().get("panacall-timestamp"));
        }
    }

    @Test
    void aSignedRequestCanBeProven() throws Exception {
        // Given
        var server = asker.serving(ClinicServer.json("{}"));
        asker.method("POST").url("/visits?when=", "").argument("url.0", "now");

        // When
        asker.argument("body.phone", "+79160000001").signWith("mis").ask();

        // Then
        var seen = server.seen().getFirst();
        var at = Long.toString(Asker.NOW.getEpochSecond());
        assertEquals(at, seen.headers().get("panacall-timestamp"));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Asker.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signed = at + "\nPOST\n/visits?when=now\n" + seen.body();
        var proof = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "v1=" + HexFormat.of().formatHex(proof), seen.headers().get("panacall-signature"));
        assertFalse(seen.toString().contains(Asker.SECRET));
    }

    @Test
    void withoutItsSecretNothingIsSent() {
        var server = asker.serving(ClinicServer.json("{}"));
        assertEquals("secret-unknown", asker.signWith("other").ask().reason());
        assertTrue(server.seen().isEmpty());
    }
}
