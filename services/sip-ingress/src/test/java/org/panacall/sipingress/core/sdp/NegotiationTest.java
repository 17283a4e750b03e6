// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {

    private static final String HEAD =
            "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
    private static final LocalAudio LOCAL = new LocalAudio("127.0.0.1", 24_000, 24_001);

    private static Optional<Negotiation> offer(String... lines) {
        var sdp = Sdp.parse(HEAD + String.join("\r\n", lines) + "\r\n").orElseThrow();
        return Negotiation.ofOffer(sdp);
    }

    @ParameterizedTest
    @CsvSource({"0 8,PCMA,8", "8 0,PCMA,8", "0,PCMU,0", "8,PCMA,8", "18 0 3,PCMU,0"})
    void aLawIsTakenBeforeMuLawAndOnlyWhatWasOffered(String formats, AudioCodec codec, int type) {
        // When
        var audio = offer("m=audio 5004 RTP/AVP " + formats).orElseThrow().audio();
        // Then
        assertEquals(codec, audio.codec());
        assertEquals(type, audio.payloadType());
    }

    @ParameterizedTest
    @CsvSource({
        "m=audio 5004 RTP/AVP 18 3",
        "m=audio 0 RTP/AVP 8",
        "m=video 5004 RTP/AVP 8",
        "m=audio 5004 RTP/SAVPF 8"
    })
    void nothingToSpeakMeansNoAgreement(String stream) {
        assertEquals(Optional.empty(), offer(stream));
    }

    @Test
    void ip6IsNotSpoken() {
        assertEquals(Optional.empty(), offer("m=audio 5004 RTP/AVP 8", "c=IN IP6 2001:db8::1"));
    }

    @Test
    void dynamicPayloadTypesAndTelephoneEventAreFoundByTheirNames() {
        // When
        var audio =
                offer(
                                "m=audio 5004 RTP/AVP 96 97 8",
                                "a=rtpmap:96 pcmu/8000/1",
                                "a=rtpmap:97 telephone-event/8000",
                                "a=rtpmap:8 G726-32/8000")
                        .orElseThrow()
                        .audio();
        // Then
        assertEquals(AudioCodec.PCMU, audio.codec());
        assertEquals(96, audio.payloadType());
        assertEquals(97, audio.telephoneEventPayloadType());
    }

    @Test
    void rtcpPortAndPacketTimeAreTheirs() {
        // When
        var audio =
                offer("m=audio 5004 RTP/AVP 8", "a=rtcp:5999 IN IP4 192.0.2.1", "a=ptime:30")
                        .orElseThrow()
                        .audio();
        // Then
        assertEquals(5_999, audio.remoteRtcpPort());
        assertEquals(Optional.of(Duration.ofMillis(30)), audio.packetTime());
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv,true,true,sendrecv",
        "sendonly,false,true,recvonly",
        "recvonly,true,false,sendonly",
        "inactive,false,false,inactive"
    })
    void theirDirectionIsAnsweredWithItsMirror(
            String theirs, boolean send, boolean receive, String ours) {
        // Given
        var offer = offer("m=audio 5004 RTP/AVP 8", "a=" + theirs).orElseThrow();
        // When
        var answer = new LocalSdp(7).answer(offer, LOCAL);
        // Then
        assertEquals(send, offer.audio().send());
        assertEquals(receive, offer.audio().receive());
        assertTrue(answer.contains("a=" + ours + "\r\n"), answer);
    }

    @Test
    void theOldWayToHoldIsUnderstood() {
        // When
        var audio = offer("m=audio 5004 RTP/AVP 8", "c=IN IP4 0.0.0.0").orElseThrow().audio();
        // Then
        assertTrue(audio.partyHolds());
        assertFalse(audio.send());
    }

    @Test
    void furtherStreamsAreRefusedInTheirPlaces() {
        // Given
        var offer =
                offer(
                                "m=video 5000 RTP/AVP 96",
                                "m=audio 5004 RTP/AVP 8 101",
                                "a=rtpmap:101 telephone-event/8000",
                                "m=audio 5008 RTP/AVP 0")
                        .orElseThrow();
        // When
        var answer = new LocalSdp(7).answer(offer, LOCAL);
        // Then
        var streams = Sdp.parse(answer).orElseThrow().streams();
        assertEquals(0, streams.get(0).port());
        assertEquals("video", streams.get(0).kind());
        assertEquals(24_000, streams.get(1).port());
        assertEquals(0, streams.get(2).port());
        assertEquals(3, streams.size());
    }

    @Test
    void theVersionGrowsOnlyWhenSomethingChanges() {
        // Given
        var ours = new LocalSdp(7);
        var offer = offer("m=audio 5004 RTP/AVP 8").orElseThrow();
        var held = offer("m=audio 5004 RTP/AVP 8", "a=sendonly").orElseThrow();
        // When
        var first = ours.answer(offer, LOCAL);
        var again = ours.answer(offer, LOCAL);
        var changed = ours.answer(held, LOCAL);
        // Then
        assertEquals(first, again);
        assertTrue(first.contains("o=panacall 7 1 "), first);
        assertTrue(changed.contains("o=panacall 7 2 "), changed);
    }

    @Test
    void ourOfferHoldsAllThatWeSpeakAndTheirAnswerChooses() {
        // Given
        var ours = new LocalSdp(7);
        var offer = Sdp.parse(ours.offer(LOCAL)).orElseThrow();
        assertEquals(java.util.List.of("8", "0", "101"), offer.streams().getFirst().formats());
        var answer = Sdp.parse(HEAD + "m=audio 5004 RTP/AVP 0\r\n").orElseThrow();
        // When
        var agreed = Negotiation.ofAnswer(answer, ours.audioIndex()).orElseThrow();
        // Then
        assertEquals(AudioCodec.PCMU, agreed.audio().codec());
        assertEquals(0, agreed.audio().telephoneEventPayloadType());
    }

    @Test
    void aLaterOfferOfOursKeepsTheStreamsOfTheExchangeBefore() {
        // Given
        var ours = new LocalSdp(7);
        var offer = offer("m=video 5000 RTP/AVP 96", "m=audio 5004 RTP/AVP 8").orElseThrow();
        ours.answer(offer, LOCAL);
        // When
        var later = Sdp.parse(ours.offer(LOCAL)).orElseThrow();
        // Then
        assertEquals(2, later.streams().size());
        assertEquals(0, later.streams().get(0).port());
        assertEquals(1, ours.audioIndex());
    }
}
