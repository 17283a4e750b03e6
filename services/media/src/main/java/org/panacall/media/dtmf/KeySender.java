// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.dtmf;

import java.nio.ByteBuffer;
import org.panacall.media.codec.Codec;
import org.panacall.media.play.Tone;
import org.panacall.media.rtp.OutgoingStream;

/**
 * Presses keys for a party, one after another: typed ones for 100 ms, relayed ones for as long as
 * the other party holds them; 60 ms of pause. As RFC 4733 events, or as tones where the party has
 * not agreed to events.
 *
 * <pre>
 * IDLE -- a key waits --> PRESSED -- long enough --> PAUSE -- 60 ms --> IDLE
 * </pre>
 *
 * <p>Owned by the media thread; a step is 20 ms.
 */
public final class KeySender {

    /** Keys that may wait; more are refused. */
    public static final int WAITING_MAX = 64;

    private static final int TYPED_SAMPLES = 800;
    private static final int RELAYED_SAMPLES_MIN = 480;
    private static final int SAMPLES_MAX = 60_000;
    private static final int PAUSE_FRAMES = 3;
    private static final int END_PACKETS = 3;
    private static final int VOLUME = 10;
    private static final Tone[] TONES = tones();

    private final int[] codes = new int[WAITING_MAX];
    private final KeyReceiver[] holders = new KeyReceiver[WAITING_MAX];
    private final int[] presses = new int[WAITING_MAX];
    private int first;
    private int waiting;
    private boolean pressed;
    private int samples;
    private int pause;
    private int timestamp;

    public int room() {
        return WAITING_MAX - waiting;
    }

    /**
     * Puts a key at the end of the line; ignored when the line is full.
     *
     * @param holder who holds the key, null for 100 ms
     */
    public void press(int code, KeyReceiver holder) {
        if (waiting == WAITING_MAX) {
            return;
        }
        int at = (first + waiting) % WAITING_MAX;
        codes[at] = code;
        holders[at] = holder;
        presses[at] = holder == null ? 0 : holder.press();
        waiting++;
    }

    /** Lets go of everything. */
    public void reset() {
        waiting = 0;
        pressed = false;
        pause = 0;
    }

    /** No key is pressed or waits. */
    public boolean isIdle() {
        return waiting == 0 && pause == 0;
    }

    /** True when this frame's time belongs to a key; must be asked once a frame. */
    public boolean step(OutgoingStream stream) {
        if (pause > 0) {
            pause--;
            return false;
        }
        if (waiting == 0) {
            return false;
        }
        if (!pressed) {
            pressed = true;
            samples = 0;
            timestamp = stream.timestamp();
        }
        samples += Codec.FRAME;
        return true;
    }

    /** Adds this frame of the key as a tone. */
    public void addTone(int[] sums) {
        TONES[codes[first]].addTo(sums, 0, samples - Codec.FRAME, Codec.FRAME);
    }

    /** How many packets this frame needs: the end goes thrice (RFC 4733 section 2.5.1.4). */
    public int packets(long now) {
        return over(now) ? END_PACKETS : 1;
    }

    /** Writes an event packet of this frame. */
    public void write(ByteBuffer packet, OutgoingStream stream, int payloadType, boolean end) {
        stream.begin(packet, payloadType, samples == Codec.FRAME, timestamp);
        packet.put((byte) codes[first]).put((byte) (end ? 0x80 | VOLUME : VOLUME));
        packet.putShort((short) samples);
        stream.end(packet);
    }

    /** Ends the frame: lets go of the key when it was held long enough. */
    public void finishFrame(long now) {
        if (over(now)) {
            holders[first] = null;
            first = (first + 1) % WAITING_MAX;
            waiting--;
            pressed = false;
            pause = PAUSE_FRAMES;
        }
    }

    private static Tone[] tones() {
        var tones = new Tone[16];
        for (int code = 0; code < tones.length; code++) {
            tones[code] = Tone.endless(Key.lowHz(code), Key.highHz(code));
        }
        return tones;
    }

    private boolean over(long now) {
        var holder = holders[first];
        boolean let =
                holder == null
                        ? samples >= TYPED_SAMPLES
                        : samples >= RELAYED_SAMPLES_MIN && !holder.holds(presses[first], now);
        return let || samples >= SAMPLES_MAX;
    }
}
