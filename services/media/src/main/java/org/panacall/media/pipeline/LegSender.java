// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.panacall.media.codec.Codec;
import org.panacall.media.dtmf.KeySender;
import org.panacall.media.mix.Hearing;
import org.panacall.media.play.Play;
import org.panacall.media.rtp.OutgoingStream;
import org.panacall.media.rtp.PassedStream;
import org.panacall.media.rtp.RtpPacket;
import org.panacall.media.rtp.StreamSeed;

/**
 * What a party hears, as one continuous stream: keys, else a play over whom it hears, else silence.
 * Silence is sent too: it keeps the way through rtpengine and NAT open.
 *
 * <p>Owned by the media thread.
 */
final class LegSender {

    private final OutgoingStream stream;
    private final KeySender keys = new KeySender();
    private final PassedStream passed = new PassedStream();
    private Hearing hearing = Hearing.NOBODY;
    private Play play;
    private boolean spurtBegins = true;

    LegSender(StreamSeed seed) {
        stream = new OutgoingStream(seed);
    }

    /** What the media thread lends for one packet. */
    static final class Bench {

        final ByteBuffer packet = ByteBuffer.allocateDirect(512);
        final int[] sums = new int[Codec.FRAME];
        final Wire wire;
        final Counters counters;

        Bench(Wire wire, Counters counters) {
            this.wire = wire;
            this.counters = counters;
        }
    }

    /** Sends the next 20 ms; the play that ended with them, or null. */
    Play nextFrame(LegSettings settings, Bench bench, long frameNumber, long now) {
        if (!settings.sends() || !isFreeToPass() || passed.isQuiet(now)) {
            endPassing();
        }
        if (passed.isOpen() || stream.isAhead()) {
            stream.elapse(Codec.FRAME);
            return null;
        }
        boolean keyNow = keys.step(stream);
        boolean events = keyNow && settings.payloadTypes().event() != 0;
        var sums = bench.sums;
        var before = play;
        var codes = play == null && !keyNow ? hearing.passThrough(settings.codec()) : null;
        boolean heard = false;
        if (codes == null && (play != null || !events)) {
            heard = sum(sums, keyNow && !events, frameNumber);
        }
        if (!settings.sends()) {
            spurtBegins = true;
        } else if (events) {
            sendKey(settings, bench, now);
        } else {
            sendAudio(settings, bench, codes, heard);
        }
        if (keyNow) {
            keys.finishFrame(now);
        }
        stream.elapse(Codec.FRAME);
        return before != play ? before : null;
    }

    /** Sums up what is heard; false when that is nothing. Ends the play when it is over. */
    private boolean sum(int[] sums, boolean withKeyTone, long frameNumber) {
        Arrays.fill(sums, 0);
        boolean heard = hearing.addTo(sums, frameNumber);
        if (play != null) {
            if (play.addFrame(sums)) {
                heard = true;
            } else {
                play = null;
            }
        }
        if (withKeyTone) {
            keys.addTone(sums);
        }
        return heard || withKeyTone;
    }

    private void sendAudio(LegSettings settings, Bench bench, byte[] codes, boolean heard) {
        var packet = bench.packet;
        stream.begin(packet, settings.payloadTypes().audio(), spurtBegins);
        spurtBegins = false;
        if (codes != null) {
            packet.put(codes);
            bench.counters.passedThrough.add(1);
        } else if (heard) {
            settings.codec().encode(bench.sums, packet);
            bench.counters.mixed.add(1);
        } else {
            byte silence = settings.codec().silence();
            for (int i = 0; i < Codec.FRAME; i++) {
                packet.put(silence);
            }
        }
        stream.end(packet);
        stream.reach(stream.timestamp() + Codec.FRAME);
        bench.counters.sent.add(1);
        bench.wire.sendRtp(packet, settings.rtp());
    }

    /** Nothing but one speaker's packets would be sent now. */
    boolean isFreeToPass() {
        return play == null && keys.isIdle();
    }

    /** Sends on at once what the only speaker says, without waiting for the next frame. */
    void passOn(LegSettings settings, Bench bench, ByteBuffer from, RtpPacket header, long now) {
        var packet = bench.packet;
        int type = settings.payloadTypes().audio();
        if (passed.place(stream, header, now)) {
            passed.write(packet, stream, type, from, header);
            spurtBegins = false;
            bench.counters.passedThrough.add(1);
            bench.counters.sent.add(1);
            bench.wire.sendRtp(packet, settings.rtp());
        }
    }

    /** From the next frame on the party gets what is mixed for it. */
    void endPassing() {
        if (passed.isOpen()) {
            passed.close();
            spurtBegins = true;
        }
    }

    private void sendKey(LegSettings settings, Bench bench, long now) {
        int packets = keys.packets(now);
        for (int i = 0; i < packets; i++) {
            int type = settings.payloadTypes().event();
            keys.write(bench.packet, stream, type, packets > 1);
            bench.counters.sent.add(1);
            bench.wire.sendRtp(bench.packet, settings.rtp());
        }
        // Audio after a key is a new spurt of talk (RFC 3551 section 4.1).
        spurtBegins = true;
    }

    void hear(Hearing row) {
        hearing = row;
        endPassing();
    }

    Play play() {
        return play;
    }

    void play(Play next) {
        play = next;
    }

    KeySender keys() {
        return keys;
    }

    OutgoingStream stream() {
        return stream;
    }
}
