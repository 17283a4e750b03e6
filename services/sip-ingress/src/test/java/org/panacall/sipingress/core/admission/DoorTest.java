// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.panacall.simkit.Dice;
import org.panacall.simkit.Seeds;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.MessageParser;
import org.panacall.sipingress.core.message.SipMessage.Response;
import org.panacall.sipingress.core.transaction.RequestScreen;

class DoorTest {

    private static final Endpoint EDGE = new Endpoint("127.0.0.1", 5080);
    private static final Door.Room SOME = new Door.Room(true, 5);
    private static final Door.Room NONE = new Door.Room(true, 0);
    private static final Door.Room CLOSED = new Door.Room(false, 5);

    private final Door door = new Door("Panacall", new RequestScreen(List.of()));

    private static byte[] request(String method, String branch, String toTag) {
        return """
        %1$s sip:+74950000100@panacall.test SIP/2.0\r
        Via: SIP/2.0/UDP 127.0.0.1:5080;branch=z9hG4bK%2$s\r
        Via: SIP/2.0/UDP 127.0.0.2:4000;branch=z9hG4bKcaller\r
        From: <sip:+79161234567@127.0.0.2>;tag=a\r
        To: <sip:+74950000100@panacall.test>%3$s\r
        Call-ID: call-%2$s\r
        CSeq: 1 %1$s\r
        Max-Forwards: 70\r
        Contact: <sip:127.0.0.2:4000>\r
        Content-Length: 0\r
        \r
        """
                .formatted(method, branch, toTag.isEmpty() ? "" : ";tag=" + toTag)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Response parsed(byte[] answer) {
        var outcome = new MessageParser(MessageParser.Limits.STANDARD).parse(answer);
        var understood = assertInstanceOf(MessageParser.Outcome.Understood.class, outcome);
        return assertInstanceOf(Response.class, understood.message());
    }

    private Door.Verdict judge(String method, String branch, String toTag, Door.Room room) {
        return door.judge(request(method, branch, toTag), EDGE, room);
    }

    @Test
    void anInviteEntersWhileThereIsRoomAndIsRefusedWithoutIt() {
        // When
        var entering = judge("INVITE", "one", "", SOME);
        var refused = assertInstanceOf(Door.Verdict.Refuse.class, judge("INVITE", "two", "", NONE));

        // Then
        assertInstanceOf(Door.Verdict.Enter.class, entering);
        assertEquals(EDGE, refused.to());
        var answer = parsed(refused.answer());
        assertEquals(503, answer.status());
        assertEquals("call-two", answer.envelope().callId());
        assertEquals(2, answer.headers().values("Via").size());
        assertTrue(!answer.envelope().to().tag().isEmpty());
        int seconds = Integer.parseInt(answer.headers().first("Retry-After").orElseThrow());
        assertTrue(seconds >= 1 && seconds <= 5);
    }

    @Test
    void aRepeatedInviteMeetsWhatTheFirstOneMet() {
        // Given
        judge("INVITE", "in", "", SOME);
        var first = (Door.Verdict.Refuse) judge("INVITE", "out", "", NONE);

        // When
        var in = judge("INVITE", "in", "", NONE);
        var out = (Door.Verdict.Refuse) judge("INVITE", "out", "", SOME);

        // Then
        assertInstanceOf(Door.Verdict.Pass.class, in);
        assertEquals(text(first.answer()), text(out.answer()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void onlyTheAckOfARefusalEndsAtTheDoor() {
        // Given
        judge("INVITE", "in", "", SOME);
        judge("INVITE", "out", "", NONE);

        // Then
        assertInstanceOf(Door.Verdict.Ignore.class, judge("ACK", "out", "sx", NONE));
        assertInstanceOf(Door.Verdict.Pass.class, judge("ACK", "in", "sx", NONE));
        assertInstanceOf(Door.Verdict.Pass.class, judge("ACK", "other", "sx", NONE));
    }

    @Test
    void whatBelongsToACallAlwaysPasses() {
        for (var method : List.of("INVITE", "BYE", "INFO", "ACK", "CANCEL")) {
            assertInstanceOf(Door.Verdict.Pass.class, judge(method, "x" + method, "ours", NONE));
        }
        assertInstanceOf(Door.Verdict.Pass.class, judge("CANCEL", "y", "", NONE));
        var answer = "SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        assertInstanceOf(Door.Verdict.Pass.class, door.judge(answer, EDGE, NONE));
    }

    @Test
    void aProbeIsAnsweredByWhetherCallsAreTaken() {
        // When
        var open = (Door.Verdict.Live) judge("OPTIONS", "p1", "", NONE);
        var closed = (Door.Verdict.Live) judge("OPTIONS", "p2", "", CLOSED);

        // Then
        assertEquals(200, parsed(open.answer()).status());
        assertTrue(parsed(open.answer()).headers().first("Allow").isPresent());
        assertEquals(503, parsed(closed.answer()).status());
    }

    @Test
    void aClosedHouseIsTheCoresToExplain() {
        assertInstanceOf(Door.Verdict.Pass.class, judge("INVITE", "c", "", CLOSED));
    }

    @Test
    void memoryIsBounded() {
        // When
        for (int i = 0; i < 5_000; i++) judge("INVITE", "b" + i, "", i % 2 == 0 ? SOME : NONE);

        // Then
        assertInstanceOf(Door.Verdict.Enter.class, judge("INVITE", "b0", "", SOME));
        assertInstanceOf(Door.Verdict.Pass.class, judge("INVITE", "b4998", "", NONE));
    }

    @Test
    void hostileBytesAreJudgedLikeAllOthers() {
        Seeds.run(
                seed -> {
                    var dice = new Dice(seed);
                    for (int i = 0; i < 500; i++) {
                        var method = dice.oneOf(List.of("INVITE", "OPTIONS", "ACK"));
                        var bytes = request(method, "h" + i, "");
                        for (int hits = dice.between(1, 12); hits > 0; hits--) {
                            int at = dice.chance(0.5) ? 0 : bytes.length - 1;
                            if (dice.chance(0.9)) at = dice.below(bytes.length);
                            bytes[at] = (byte) dice.below(256);
                        }
                        var cut = java.util.Arrays.copyOf(bytes, dice.below(bytes.length + 1));
                        assertNotNull(door.judge(dice.chance(0.7) ? bytes : cut, EDGE, NONE));
                    }
                });
    }
}
