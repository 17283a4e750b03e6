// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.panacall.sipingress.core.message.MessageParser.Limits;
import org.panacall.sipingress.core.message.MessageParser.Outcome;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;

/** What is read, what is refused, and what is not even answered; in the spirit of RFC 4475. */
class MessageParserTest {

    private static final String PLAIN =
            """
            INVITE sip:103@panacall.test SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK1
            From: "Алиса \\"A\\"" <sip:alice@example.test>;tag=a1
            To: <sip:103@panacall.test>
            Call-ID: c1
            CSeq: 1 INVITE
            Max-Forwards: 70
            Content-Length: 0

            """;

    private final MessageParser parser = new MessageParser(Limits.STANDARD);

    private Outcome parse(String text) {
        return parser.parse(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private Request request(String text) {
        var outcome = parse(text);
        var understood = assertInstanceOf(Outcome.Understood.class, outcome, outcome.toString());
        return assertInstanceOf(Request.class, understood.message());
    }

    private void assertRefused(int status, String text) {
        var outcome = parse(text);
        var refused = assertInstanceOf(Outcome.Refused.class, outcome, outcome.toString());
        assertEquals(status, refused.status(), refused.phrase());
    }

    private void assertUnusable(String text) {
        assertInstanceOf(Outcome.Unusable.class, parse(text));
    }

    private static String with(String header) {
        return PLAIN.replace("Max-Forwards: 70\n", "Max-Forwards: 70\n" + header + "\n");
    }

    private static String instead(String line, String other) {
        assertTrue(PLAIN.contains(line));
        return PLAIN.replace(line, other);
    }

    @Test
    void aPlainRequestIsTakenApart() {
        // When
        var request = request(PLAIN);

        // Then
        assertEquals("INVITE", request.method());
        assertEquals("sip:103@panacall.test", request.uri());
        var envelope = request.envelope();
        assertEquals(Optional.of("Алиса \"A\""), envelope.from().address().displayName());
        assertEquals("a1", envelope.from().tag());
        assertEquals("", envelope.to().tag());
        assertEquals(1, envelope.cseq().number());
        assertEquals("z9hG4bK1", envelope.via().branch());
    }

    @Test
    void tortuousButValidIsUnderstood() {
        // Given
        var text =
                """
                INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
                TO :
                 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
                from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
                  ;
                  tag = 98asjd8
                MaX-fOrWaRdS: 0068
                Call-ID: wsinv.ndaksdj@192.0.2.1
                Content-Length   : 5
                cseq: 0009
                  INVITE
                Via  : SIP  /   2.0
                 /UDP
                    192.0.2.2;branch=390skdjuw
                s :
                NewFangledHeader:   newfangled value
                 continued newfangled value
                UnknownHeaderWithUnusualValue: ;;,,;;,;
                Content-Type: application/sdp
                Route:
                 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
                v:  SIP  / 2.0  / TCP     spindle.example.com   ;
                  branch  =   z9hG4bK9ikj8  ,
                 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
                 z9hG4bK30239
                m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
                      newvalue ;
                  secondparam ; q = 0.33

                v=0
                """;

        // When
        var request = request(text);

        // Then
        var envelope = request.envelope();
        assertEquals("1918181833n", envelope.to().tag());
        assertEquals("98asjd8", envelope.from().tag());
        assertEquals(Optional.of("J Rosenberg \\\""), envelope.from().address().displayName());
        assertEquals(9, envelope.cseq().number());
        assertEquals("192.0.2.2", envelope.via().host());
        assertEquals(3, request.headers().values(HeaderName.VIA).size());
        assertEquals("v=0\r\n", request.text());
    }

    @Test
    void compactFormsMeanTheSame() {
        // Given
        var text =
                PLAIN.replace("Via:", "v:")
                        .replace("From:", "F:")
                        .replace("To:", "t:")
                        .replace("Call-ID:", "i:")
                        .replace("Content-Length:", "l:");

        // When
        var request = request(text);

        // Then
        assertEquals("c1", request.envelope().callId());
        assertEquals("a1", request.envelope().from().tag());
    }

    @Test
    void lineFeedsAloneEndLinesToo() {
        // When
        var outcome = parser.parse(PLAIN.getBytes(StandardCharsets.UTF_8));

        // Then
        assertInstanceOf(Outcome.Understood.class, outcome);
    }

    @Test
    void withoutContentLengthTheBodyIsTheRest() {
        // When
        var request = request(instead("Content-Length: 0\n", "") + "hello");

        // Then
        assertEquals("hello", request.text());
    }

    @Test
    void whatLiesBeyondTheContentLengthIsNoPart() {
        // When
        var request = request(instead("Content-Length: 0", "Content-Length: 2") + "hello");

        // Then
        assertEquals("he", request.text());
    }

    @Test
    void commasInQuotesAndBracketsDontSeparate() {
        // Given
        var text = with("Contact: \"a, b\" <sip:a@h;x=1,2>, <sip:b@h>;q=0.5");

        // When
        var contacts = request(text).headers().values(HeaderName.CONTACT);

        // Then
        assertEquals(List.of("\"a, b\" <sip:a@h;x=1,2>", "<sip:b@h>;q=0.5"), contacts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:%D0%98%D0%B2@h",
                "sip:user;par=u%40example.net@example.com",
                "sip:a@[::1]:5060",
                "sips:a@h",
                "tel:+74950000100;phone-context=x",
                "sip:h",
                "nobodyKnowsThisScheme:totallyopaquecontent"
            })
    void requestUrisMayLookLikeThis(String uri) {
        assertEquals(uri, request(instead("sip:103@panacall.test SIP", uri + " SIP")).uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:103@panacall.test>",
                "sip:103 @panacall.test",
                "sip:103@panacall.test:99999",
                "sip:103@panacall.test:",
                "sip:@panacall.test",
                "sip:103@",
                "sip:1%00@panacall.test",
                "sip:1%@panacall.test",
                "103",
                ""
            })
    void malformedRequestUrisAreRefused(String uri) {
        assertRefused(400, instead("sip:103@panacall.test SIP", uri + " SIP"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CSeq: 4294967296 INVITE",
                "CSeq: -1 INVITE",
                "CSeq: 1",
                "CSeq: INVITE 1",
                "CSeq: 1 BYE"
            })
    void badSequenceNumbersAreRefused(String line) {
        assertRefused(400, instead("CSeq: 1 INVITE", line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: 9999",
                "Content-Length: 1e1",
                "Content-Length: 99999999999999"
            })
    void badLengthsAreRefused(String line) {
        assertRefused(400, instead("Content-Length: 0", line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <sip:b@h>;tag=b",
                "To: <sip:b@h>",
                "Call-ID: c2",
                "CSeq: 2 INVITE",
                "Max-Forwards: 5",
                "Content-Length: 0",
                ": no name",
                "no colon",
                "bad name: x",
                "Subject: a\u0001b"
            })
    void linesThatMustNotBeThereAreRefused(String line) {
        assertRefused(400, with(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"300", "-1", "x", ""})
    void badMaxForwardsAreRefused(String hops) {
        assertRefused(400, instead("Max-Forwards: 70", "Max-Forwards: " + hops));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: \"open <sip:a@h>;tag=1",
                "From: <sip:a@h;tag=1",
                "From: <sip:a@h>;tag=\"x\"",
                "From: <nouri>;tag=1",
                "From: <sip:a b@h>;tag=1"
            })
    void malformedPartiesAreRefused(String line) {
        assertRefused(400, PLAIN.replaceAll("From: .*", line.replace("\\", "\\\\")));
    }

    @Test
    void anotherVersionIsRefused() {
        assertRefused(505, instead("SIP/2.0\nVia", "SIP/3.0\nVia"));
    }

    @Test
    void aRequestThatNamesNobodyToAnswerIsMetWithSilence() {
        assertUnusable(instead("Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK1\n", ""));
        assertUnusable(instead("127.0.0.1:5080", "127.0.0.1:x"));
        assertUnusable(instead("Call-ID: c1\n", ""));
        assertUnusable(PLAIN.replaceAll("From: .*\n", ""));
        assertUnusable(instead("CSeq: 1 INVITE\n", ""));
    }

    @Test
    void aFlawedAckIsMetWithSilence() {
        assertUnusable(PLAIN.replace("INVITE", "ACK").replace("CSeq: 1 ACK", "CSeq: 1 INVITE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: x\n\n",
                "hello",
                "\u0000\u0001",
                "SIP/2.0 99 Low\n\n",
                "SIP/2.0 700 High\n\n",
                "SIP/2.0 2000 Long\n\n",
                "INVITE\n\n",
                " INVITE sip:a@h SIP/2.0\n\n"
            })
    void whatIsNotSipIsMetWithSilence(String text) {
        assertUnusable(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n"})
    void blankDatagramsKeepTheWayOpen(String text) {
        assertInstanceOf(Outcome.KeepAlive.class, parse(text));
    }

    @Test
    void anUnreasonableStatusLineHasNoPhraseToo() {
        // When
        var outcome = parse(PLAIN.replaceFirst(".*\n", "SIP/2.0 200\n"));

        // Then
        var understood = assertInstanceOf(Outcome.Understood.class, outcome);
        assertEquals(200, assertInstanceOf(Response.class, understood.message()).status());
    }

    @Test
    void tooMuchOfAnythingIsRefused() {
        assertRefused(400, with("Subject: " + "x".repeat(5_000)));
        assertRefused(400, with("Subject: x\n" + " y\n".repeat(3_000)));
        assertRefused(400, with("X-A: 1\n".repeat(130) + "X-B: 1"));
        assertRefused(400, with("Via: SIP/2.0/UDP h;branch=z9hG4bKx\n".repeat(71) + "X-B: 1"));
        assertRefused(414, instead("sip:103@", "sip:" + "1".repeat(2_000) + "@"));
        assertRefused(513, instead("Content-Length: 0\n", "") + "x".repeat(9_000));
        assertRefused(513, instead("Content-Length: 0\n", "") + "x".repeat(60_000));
        assertUnusable("INVITE sip:" + "1".repeat(9_000));
    }

    @Test
    void aTruncatedMessageIsRefused() {
        assertRefused(400, PLAIN.substring(0, PLAIN.length() - 1).stripTrailing());
    }

    @Test
    void noiseNeverThrows() {
        // Given
        var random = new Random(4475);
        var plain = PLAIN.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 200_000; i++) {
            var noisy = plain.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                noisy[random.nextInt(noisy.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(noisy.length) : noisy.length;
            var cut = Arrays.copyOf(noisy, length);

            // When
            var outcome = parser.parse(cut);

            // Then
            if (outcome instanceof Outcome.Refused refused) {
                MessageWriter.refusal(refused, new Endpoint("127.0.0.1", 5060), "t");
            }
        }
    }

    @Test
    void bytesThatAreNotUtf8GoBackUnchanged() {
        // Given
        var text = instead("\"Алиса \\\"A\\\"\"", "\"\u00cf\u00f0\u00e8\"");
        var bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var understood = assertInstanceOf(Outcome.Understood.class, parser.parse(bytes));

        // When
        var request = (Request) understood.message();
        var reply = MessageWriter.reply(request, 404, new Endpoint("127.0.0.1", 5080), "t").bytes();

        // Then
        var from = "From: \"\u00cf\u00f0\u00e8\" <sip:alice@example.test>;tag=a1\r\n";
        assertTrue(new String(reply, StandardCharsets.ISO_8859_1).contains(from));
    }
}
