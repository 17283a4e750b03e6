// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;
import java.util.function.BiPredicate;
import org.panacall.media.dtmf.Key;
import org.panacall.media.dtmf.KeyReceiver;
import org.panacall.media.jitter.JitterBuffer;
import org.panacall.media.mix.Frame;
import org.panacall.media.rtp.ReceptionStatistics;
import org.panacall.media.rtp.RtpPacket;
import org.panacall.media.rtp.SourceLatch;
import org.panacall.media.tap.TalkTap;

/**
 * A party's packets on their way in: source check, statistics, keys, jitter buffer, frame.
 *
 * <p>Owned by the media thread.
 */
final class LegReceiver {

    private final SourceLatch source = new SourceLatch();
    private final ReceptionStatistics statistics = new ReceptionStatistics();
    private final JitterBuffer jitter = new JitterBuffer();
    private final KeyReceiver keys = new KeyReceiver();
    private final Frame frame = new Frame();
    private TalkTap talk;
    private boolean passing;
    private long received;
    private long strangers;

    /** Begins anew: other address or codec. Statistics go on. */
    void reopen() {
        source.open();
        jitter.reset();
        keys.reset();
        frame.silence();
    }

    /** The party is listened to again: what waited since before is old. */
    void resume() {
        jitter.reset();
    }

    /** What is passed on at once waits for no frame; what waited before is dropped. */
    private void passing(boolean on) {
        if (passing != on) {
            passing = on;
            jitter.reset();
        }
    }

    /**
     * Takes a packet from the right address; the code of a key that was pressed, or none.
     *
     * @param passes it goes to its only listener as it is
     */
    int take(ByteBuffer packet, RtpPacket header, LegSettings settings, boolean passes, long now) {
        switch (source.judge(header.ssrc(), now)) {
            case STRANGER -> {
                strangers++;
                return Key.NONE;
            }
            case CHANGED -> {
                statistics.restart();
                jitter.reset();
                keys.reset();
            }
            case SAME -> {}
        }
        received++;
        statistics.count(header.sequence());
        int type = header.payloadType();
        if (type == settings.payloadTypes().audio()) {
            statistics.time(header.timestamp(), now);
            passing(passes);
            if (!passes) {
                int at = header.payloadAt();
                jitter.push(header.timestamp(), packet, at, header.payloadLength(), now);
            }
        } else if (type == settings.payloadTypes().event() && type != 0) {
            return keys.take(packet, header, now);
        }
        // Comfort noise (13) and what was not agreed on say nothing.
        return Key.NONE;
    }

    /** Moves on by 20 ms. */
    void nextFrame(LegSettings settings, long now) {
        if (!settings.receives()) {
            frame.silence();
        } else if (jitter.pull(frame.codes(), settings.codec().silence(), now)) {
            frame.present(settings.codec());
        } else {
            frame.missing();
        }
    }

    Frame frame() {
        return frame;
    }

    /** The tap on the talk that the party is in, null for none; the one before is over then. */
    void talk(TalkTap tap) {
        if (talk != null) {
            talk.stop();
        }
        talk = tap;
    }

    /** Null when there was none. */
    TalkTap talk() {
        return talk;
    }

    void tuneTalk(BiPredicate<String, String> hears) {
        if (talk != null) {
            talk.tune(hears);
        }
    }

    /** What is said goes on a tape. */
    boolean isTapped() {
        return talk != null && !talk.isOver();
    }

    /** Second half of a frame: what both parties said is there. */
    void tapTalk() {
        if (talk != null) {
            talk.take(frame);
        }
    }

    KeyReceiver keys() {
        return keys;
    }

    SourceLatch source() {
        return source;
    }

    ReceptionStatistics statistics() {
        return statistics;
    }

    JitterBuffer jitter() {
        return jitter;
    }

    long received() {
        return received;
    }

    long strangers() {
        return strangers;
    }
}
