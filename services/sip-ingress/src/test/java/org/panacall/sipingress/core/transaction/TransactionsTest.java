// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.MessageParser;
import org.panacall.sipingress.core.message.MessageParser.Limits;
import org.panacall.sipingress.core.message.MessageParser.Outcome;
import org.panacall.sipingress.core.message.SipMessage;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;

/** The four machines one by one; what they do together is in the golden traces. */
class TransactionsTest {

    private static final Endpoint PEER = new Endpoint("127.0.0.2", 5060);
    private static final Timing TIMING = new Timing(500, 4_000, 5_000);

    private final List<String> happened = new ArrayList<>();
    private final Deadlines deadlines = new Deadlines();
    private final Transactions transactions =
            new Transactions(TIMING, 4, (datagram, to) -> log(text(datagram)), deadlines);
    private long now;

    private final InviteUser user =
            new InviteUser() {
                @Override
                public byte[] refusalAck(Response response) {
                    return bytes("ACK");
                }

                @Override
                public void onResponse(Response response, long at) {
                    log("heard " + response.status());
                }

                @Override
                public void onTimeout(long at) {
                    log("timeout");
                }
            };

    private void log(String what) {
        happened.add(now + " " + what);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void until(long end) {
        while (deadlines.next().isPresent() && deadlines.next().getAsLong() <= end) {
            now = deadlines.next().getAsLong();
            deadlines.run(now);
        }
        now = end;
    }

    private static SipMessage message(String start, String via, String cseq) {
        var text =
                """
                %s
                Via: SIP/2.0/UDP 127.0.0.2:5060%s
                From: <sip:a@h>;tag=a
                To: <sip:b@h>
                Call-ID: c
                CSeq: %s

                """
                        .formatted(start, via, cseq);
        var outcome = new MessageParser(Limits.STANDARD).parse(bytes(text));
        return assertInstanceOf(Outcome.Understood.class, outcome).message();
    }

    private static Request request(String method, String via) {
        return (Request) message(method + " sip:b@h SIP/2.0", via, "1 " + method);
    }

    private static Response response(int status, String branch, String method) {
        return (Response) message("SIP/2.0 " + status + " X", ";branch=" + branch, "1 " + method);
    }

    @Test
    void aRequestIsRepeatedFasterThenSlowerAndGivenUp() {
        // Given
        transactions.request("b1", bytes("BYE"), PEER, user, 0);

        // When
        until(40_000);

        // Then
        assertEquals(
                List.of(
                        "0 BYE",
                        "500 BYE",
                        "1500 BYE",
                        "3500 BYE",
                        "7500 BYE",
                        "11500 BYE",
                        "15500 BYE",
                        "19500 BYE",
                        "23500 BYE",
                        "27500 BYE",
                        "31500 BYE",
                        "32000 timeout"),
                happened);
        assertEquals(0, transactions.size());
    }

    @Test
    void aProvisionalSlowsTheRequestAndAFinalEndsIt() {
        // Given
        transactions.request("b1", bytes("BYE"), PEER, user, 0);

        // When
        transactions.onResponse(response(100, "b1", "BYE"), now);
        until(4_500);
        transactions.onResponse(response(200, "b1", "BYE"), now);
        transactions.onResponse(response(200, "b1", "BYE"), now);
        until(9_499);

        // Then
        assertEquals(List.of("0 BYE", "0 heard 100", "4000 BYE", "4500 heard 200"), happened);
        assertEquals(1, transactions.size());
        assertEquals(OptionalLong.of(9_500), deadlines.next());
    }

    @Test
    void anInviteThatRingsIsNotRepeated() {
        // Given
        transactions.invite("b1", bytes("INVITE"), PEER, user, 0);

        // When
        until(600);
        transactions.onResponse(response(180, "b1", "INVITE"), now);
        until(100_000);

        // Then
        assertEquals(List.of("0 INVITE", "500 INVITE", "600 heard 180"), happened);
        assertEquals(1, transactions.size());
    }

    @Test
    void aRefusedInviteIsAcknowledgedEachTimeForThirtyTwoSeconds() {
        // Given
        transactions.invite("b1", bytes("INVITE"), PEER, user, 0);
        transactions.onResponse(response(486, "b1", "INVITE"), now);

        // When
        until(31_999);
        boolean known = transactions.onResponse(response(486, "b1", "INVITE"), now);
        until(32_000);
        boolean knownLater = transactions.onResponse(response(486, "b1", "INVITE"), now);

        // Then
        assertEquals(List.of("0 INVITE", "0 ACK", "0 heard 486", "31999 ACK"), happened);
        assertTrue(known);
        assertFalse(knownLater);
    }

    @Test
    void everySuccessOfAnInviteIsHeard() {
        // Given
        transactions.invite("b1", bytes("INVITE"), PEER, user, 0);

        // When
        transactions.onResponse(response(200, "b1", "INVITE"), now);
        transactions.onResponse(response(200, "b1", "INVITE"), now);
        transactions.onResponse(response(486, "b1", "INVITE"), now);

        // Then
        assertEquals(List.of("0 INVITE", "0 heard 200", "0 heard 200"), happened);
    }

    @Test
    void aCancelHasItsOwnResponses() {
        // Given
        transactions.invite("b1", bytes("INVITE"), PEER, user, 0);
        transactions.cancel("b1", bytes("CANCEL"), PEER, 0);

        // When
        transactions.onResponse(response(200, "b1", "CANCEL"), now);

        // Then
        assertEquals(List.of("0 INVITE", "0 CANCEL"), happened);
        assertEquals(2, transactions.size());
    }

    @Test
    void aResponseToAnotherMethodIsNobodys() {
        // Given
        transactions.request("b1", bytes("BYE"), PEER, user, 0);

        // When
        boolean known = transactions.onResponse(response(200, "b1", "INVITE"), now);

        // Then
        assertFalse(known);
    }

    @Test
    void aRefusalIsRepeatedUntilItsAck() {
        // Given
        var invite = request("INVITE", ";branch=z9hG4bK1");
        transactions.open(invite, PEER, "t").refuse(bytes("486"), 0);

        // When
        until(600);
        boolean repeated = transactions.absorbed(invite, now);
        boolean acknowledged = transactions.absorbed(request("ACK", ";branch=z9hG4bK1"), now);
        boolean afterwards = transactions.absorbed(invite, now);
        until(5_600);

        // Then
        assertTrue(repeated && acknowledged && afterwards);
        assertEquals(List.of("0 486", "500 486", "600 486"), happened);
        assertEquals(0, transactions.size());
    }

    @Test
    void aRefusalWithoutAckIsGivenUp() {
        // Given
        transactions.open(request("INVITE", ";branch=z9hG4bK1"), PEER, "t").refuse(bytes("486"), 0);

        // When
        until(32_000);

        // Then
        assertEquals("31500 486", happened.getLast());
        assertEquals(0, transactions.size());
    }

    @Test
    void anAnsweredInviteAbsorbsItsRepetitionsButNotTheAck() {
        // Given
        var invite = request("INVITE", ";branch=z9hG4bK1");
        transactions.open(invite, PEER, "t").accept(bytes("200"), 0);

        // When
        boolean repeated = transactions.absorbed(invite, now);
        boolean acknowledged = transactions.absorbed(request("ACK", ";branch=z9hG4bK1"), now);

        // Then
        assertTrue(repeated);
        assertFalse(acknowledged);
        assertEquals(List.of("0 200"), happened);
    }

    @Test
    void sameBranchFromAnotherPlaceOrMethodIsAnotherTransaction() {
        // Given
        transactions.open(request("INVITE", ";branch=z9hG4bK1"), PEER, "t");

        // Then
        assertFalse(transactions.absorbed(request("BYE", ";branch=z9hG4bK1"), now));
        assertFalse(transactions.absorbed(request("INVITE", "1;branch=z9hG4bK1"), now));
        assertTrue(transactions.cancelledBy(request("CANCEL", ";branch=z9hG4bK1")).isPresent());
        assertFalse(transactions.cancelledBy(request("CANCEL", ";branch=z9hG4bK2")).isPresent());
    }

    @Test
    void aPeerWithoutBranchesIsKnownByTheRestOfItsRequest() {
        // Given
        var invite = request("INVITE", "");
        transactions.open(invite, PEER, "t").refuse(bytes("486"), 0);

        // Then
        assertTrue(transactions.absorbed(request("INVITE", ""), now));
        assertTrue(transactions.cancelledBy(request("CANCEL", ";branch=1")).isEmpty());
        assertTrue(transactions.absorbed(request("ACK", ""), now));
    }

    @Test
    void pastTheLimitOnlyWhatEndsCallsHasRoom() {
        // Given
        for (int i = 0; i < 4; i++) transactions.request("b" + i, bytes("BYE"), PEER, user, 0);

        // Then
        assertFalse(transactions.hasRoom());
        assertTrue(transactions.hasReserve());
    }

    @Test
    void responsesGoBackWhereTheRequestCameFrom() {
        // Given
        var source = new Endpoint("127.0.0.9", 4444);

        // When
        var plain = request("INVITE", ";branch=z9hG4bK1").envelope().via();
        var wanting = request("INVITE", ";branch=z9hG4bK1;rport").envelope().via();

        // Then
        assertEquals(new Endpoint("127.0.0.9", 5060), plain.replyTo(source));
        assertEquals(source, wanting.replyTo(source));
        assertEquals(
                "SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bK1;received=127.0.0.9",
                plain.stamped(source));
        assertEquals(
                "SIP/2.0/UDP 127.0.0.2:5060;branch=z9hG4bK1;received=127.0.0.9;rport=4444",
                wanting.stamped(source));
    }
}
