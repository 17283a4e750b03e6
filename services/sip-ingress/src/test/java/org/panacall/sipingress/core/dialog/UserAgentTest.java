// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.NameAddress;
import org.panacall.sipingress.core.message.ReasonHeader;

/** What a trace cannot show: bounds, adoption by a peer, what an owner may not ask for. */
class UserAgentTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Endpoint US = new Endpoint("127.0.0.1", 5090);
    private static final Endpoint BOB = new Endpoint("127.0.0.2", 5060);
    private static final LegId LEG = new LegId("leg_1");
    private static final String SDP = "v=0\r\n";

    private static UserAgent agent(int transactions, int legs) {
        var standard = UserAgentSettings.of("sip-ingress-1", US, US);
        var bounds =
                new UserAgentSettings.Bounds(
                        transactions, legs, Duration.ofSeconds(7), Duration.ofMinutes(1));
        var settings =
                new UserAgentSettings(
                        standard.instance(),
                        standard.contact(),
                        standard.sentBy(),
                        standard.product(),
                        standard.infoTypes(),
                        standard.timers(),
                        bounds);
        return new UserAgent(settings, new CountedIds("us", 1));
    }

    private static UserAgentCommand invite(LegId leg) {
        var uri = "sip:103@panacall.test";
        return new UserAgentCommand.Invite(
                leg,
                new InviteRequest(
                        uri,
                        NameAddress.of("sip:a@panacall.test"),
                        NameAddress.of(uri),
                        List.of(),
                        Optional.of(SDP),
                        BOB));
    }

    private static UserAgentCommand received(int number) {
        var text =
                """
                INVITE sip:103@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bK%1$d
                From: <sip:a@h>;tag=a%1$d
                To: <sip:103@127.0.0.1>
                Call-ID: c%1$d
                CSeq: 1 INVITE
                Contact: <sip:a@127.0.0.2>

                """
                        .formatted(number);
        return new UserAgentCommand.Received(text.getBytes(StandardCharsets.UTF_8), BOB);
    }

    private static String sent(List<UserAgentOutput> outputs) {
        var text = new StringBuilder();
        for (var output : outputs) {
            if (output instanceof UserAgentOutput.Send(var datagram, var to)) {
                text.append(new String(datagram, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** The answer to the INVITE that was sent, as its peer gives it. */
    private static UserAgentCommand answer(List<UserAgentOutput> outputs, int status) {
        var kept = new ArrayList<String>();
        kept.add("SIP/2.0 " + status + " X");
        for (var line : sent(outputs).split("\r\n")) {
            if (line.startsWith("Via") || line.startsWith("From") || line.startsWith("C")) {
                if (!line.startsWith("Cont")) kept.add(line);
            }
            if (line.startsWith("To")) kept.add(line + ";tag=bob");
        }
        kept.add("Contact: <sip:bob@127.0.0.2:5060>");
        var text = String.join("\r\n", kept) + "\r\n\r\n";
        return new UserAgentCommand.Received(text.getBytes(StandardCharsets.ISO_8859_1), BOB);
    }

    private static DialogState answeredDialog(UserAgent agent) {
        var outputs = agent.handle(invite(LEG), NOW);
        agent.handle(answer(outputs, 200), NOW);
        return agent.export(LEG).orElseThrow();
    }

    @Test
    void pastTheLimitOfLegsCallersAreAskedToComeBack() {
        // Given
        var agent = agent(100, 1);
        agent.handle(received(1), NOW);

        // When
        var outputs = agent.handle(received(2), NOW);

        // Then
        assertTrue(sent(outputs).startsWith("SIP/2.0 503 "), sent(outputs));
        assertTrue(sent(outputs).contains("Retry-After: 7\r\n"));
        assertEquals(new UserAgentOutput.Dropped(BOB, "no-room"), outputs.getLast());
        assertEquals(1, agent.legs());
    }

    @Test
    void pastTheLimitOfTransactionsCallersAreAskedToComeBack() {
        // Given
        var agent = agent(1, 100);
        agent.handle(received(1), NOW);

        // When
        var outputs = agent.handle(received(2), NOW);

        // Then
        assertTrue(sent(outputs).startsWith("SIP/2.0 503 "), sent(outputs));
        assertEquals(1, agent.transactions());
    }

    @Test
    void pastTheLimitOurOwnCallsFailAtOnce() {
        // Given
        var agent = agent(100, 1);
        agent.handle(received(1), NOW);

        // When
        var outputs = agent.handle(invite(LEG), NOW);

        // Then
        assertEquals(
                List.of(
                        new UserAgentOutput.Rejected(LEG, 503, "No room", Optional.empty()),
                        new UserAgentOutput.Ended(LEG)),
                outputs);
    }

    @Test
    void aLegIdIsTakenOnlyOnce() {
        // Given
        var agent = agent(100, 10);
        agent.handle(invite(LEG), NOW);

        // When
        var outputs = agent.handle(invite(LEG), NOW);

        // Then
        var refusal = UserAgentOutput.Refusal.LEG_EXISTS;
        assertEquals(List.of(new UserAgentOutput.CommandRefused(LEG, refusal)), outputs);
    }

    @Test
    void anAnsweredDialogIsAdoptedByAPeerWhoCanHangUp() {
        // Given
        var state = answeredDialog(agent(100, 10));
        var peer = agent(100, 10);

        // When
        boolean adopted = peer.adopt(DialogState.fromBytes(state.toBytes()));
        var bye = sent(peer.handle(new UserAgentCommand.Bye(LEG, Optional.empty()), NOW));

        // Then
        assertTrue(adopted);
        assertTrue(bye.startsWith("BYE sip:bob@127.0.0.2:5060 SIP/2.0\r\n"), bye);
        assertTrue(bye.contains("To: <sip:103@panacall.test>;tag=bob\r\n"), bye);
        assertTrue(bye.contains("CSeq: 102 BYE\r\n"), bye);
        assertTrue(bye.contains("Call-ID: " + state.callId() + "\r\n"), bye);
    }

    @Test
    void anAdoptedDialogHearsTheOtherSide() {
        // Given
        var state = answeredDialog(agent(100, 10));
        var peer = agent(100, 10);
        peer.adopt(state);
        var bye =
                """
                BYE sip:127.0.0.1:5090 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bK77
                From: <sip:103@panacall.test>;tag=bob
                To: <sip:a@panacall.test>;tag=%s
                Call-ID: %s
                CSeq: 9 BYE

                """
                        .formatted(state.localTag(), state.callId());

        // When
        var outputs =
                peer.handle(
                        new UserAgentCommand.Received(bye.getBytes(StandardCharsets.UTF_8), BOB),
                        NOW);

        // Then
        assertTrue(sent(outputs).startsWith("SIP/2.0 200 OK"), sent(outputs));
        assertEquals(new UserAgentOutput.Ended(LEG), outputs.getLast());
    }

    @Test
    void aDialogIsAdoptedOnlyOnce() {
        // Given
        var agent = agent(100, 10);
        var state = answeredDialog(agent);

        // Then
        assertFalse(agent.adopt(state));
    }

    @Test
    void onlyAnsweredDialogsAreExported() {
        // Given
        var agent = agent(100, 10);
        agent.handle(invite(LEG), NOW);

        // Then
        assertEquals(Optional.empty(), agent.export(LEG));
        assertEquals(Optional.empty(), agent.export(new LegId("leg_other")));
    }

    @Test
    void aDialogStateSurvivesItsBytes() {
        // Given
        var state =
                new DialogState(
                        LEG,
                        "call",
                        "ours",
                        "theirs",
                        new NameAddress(Optional.of("Клиника"), "sip:a@h"),
                        NameAddress.of("tel:+7"),
                        3_000_000_000L,
                        -1,
                        "sip:b@h",
                        List.of("<sip:r1;lr>", "\"é\" <sip:r2;lr>"),
                        BOB);

        // When
        var bytes = state.toBytes();

        // Then
        assertEquals(state, DialogState.fromBytes(bytes));
        assertArrayEquals(bytes, DialogState.fromBytes(bytes).toBytes());
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> DialogState.fromBytes(cut));
        }
    }

    @Test
    void nothingThatWouldBreakTheLinesGetsIn() {
        assertThrows(IllegalArgumentException.class, () -> new HeaderField("X", "a\r\nb"));
        assertThrows(IllegalArgumentException.class, () -> new HeaderField("X: y", "a"));
        assertThrows(IllegalArgumentException.class, () -> NameAddress.of("sip:a\r\n@h"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NameAddress(Optional.of("a\r\nVia: x"), "sip:a@h"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new UserAgentCommand.Inform(LEG, "text/plain\r\nX: y", ""));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReasonHeader("SIP", ReasonHeader.sip(1).cause(), Optional.of("a\nb")));
    }

    @Test
    void statusesMustBeOfTheirKind() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new UserAgentCommand.Ring(LEG, 200, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new UserAgentCommand.Reject(LEG, 200));
        assertThrows(
                IllegalArgumentException.class,
                () -> new UserAgentCommand.RejectReinvite(LEG, 100));
    }
}
