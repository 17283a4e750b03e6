// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.pipeline;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.panacall.media.codec.Codec;
import org.panacall.media.dtmf.Key;
import org.panacall.media.pipeline.Notice.Outcome;
import org.panacall.media.pipeline.Notice.SpeechOutcome;
import org.panacall.media.play.Play;
import org.panacall.media.rtp.Quality;
import org.panacall.media.rtp.ReportExchange;
import org.panacall.media.rtp.RtpPacket;
import org.panacall.media.rtp.StreamSeed;
import org.panacall.media.tap.Ear;
import org.panacall.media.tap.Recorder;

/**
 * One party's audio: what comes in, what goes out, its reports and its limits of silence.
 *
 * <pre>
 * OPEN -- configure --> CONFIGURED (again and again) -- close --> gone
 * </pre>
 *
 * <p>Owned by the media thread.
 */
final class Leg {

    private static final double PACKET_MS = 20;
    private static final long REPORT_NANOS = 5_000_000_000L;

    private final LegIdentity identity;
    private final Notice.Sink notices;
    private final LegReceiver receiver = new LegReceiver();
    private final LegSender sender;
    private final ReportExchange reports;
    private LegSettings settings;
    private Leg partner;
    private Leg onlyListener;
    private String bridgeId;
    private String lastPlayId = "";
    private Play recording;
    private Play heard;
    private Ear spokenTo;
    private int slot;
    private boolean hasAudio;
    private boolean silenceTold;
    private long activeAt;
    private long packetAt;
    private long reportAt;

    Leg(LegIdentity identity, StreamSeed seed, Notice.Sink notices, long epochNanos, long now) {
        this.identity = identity;
        this.notices = notices;
        sender = new LegSender(seed);
        reports = new ReportExchange(sender.stream(), epochNanos);
        activeAt = now;
        packetAt = now;
        // Spread over the interval, so that reports of many legs don't come at once.
        reportAt = now + REPORT_NANOS / 2 + Math.floorMod(seed.ssrc(), 50) * REPORT_NANOS / 100;
    }

    void configure(LegSettings to, long now) {
        boolean anew =
                settings == null || !to.hasRemote(settings.rtp()) || to.codec() != settings.codec();
        boolean listensAnew = settings == null || to.receives() && !settings.receives();
        settings = to;
        if (anew) {
            receiver.reopen();
        }
        if (anew || listensAnew) {
            packetAt = now;
            receiver.resume();
        }
        activeAt = now;
    }

    /** Another leg has taken the address: nothing may be sent there any more. */
    void displace() {
        settings = settings.withoutRemote();
        receiver.reopen();
    }

    void onRtp(ByteBuffer packet, RtpPacket header, LegSender.Bench bench, long now) {
        activeAt = now;
        if (!settings.receives()) {
            return;
        }
        boolean passes = passes(header);
        long before = receiver.received();
        int key = receiver.take(packet, header, settings, passes, now);
        if (receiver.received() == before) {
            return;
        }
        if (passes) {
            onlyListener.sender.passOn(onlyListener.settings, bench, packet, header, now);
        } else if (onlyListener != null) {
            onlyListener.sender.endPassing();
        }
        packetAt = now;
        if (!hasAudio) {
            tellStart();
        }
        if (key != Key.NONE) {
            press(key);
        }
    }

    /** Whether a packet can go to the one who hears it just as it is. */
    private boolean passes(RtpPacket header) {
        return onlyListener != null
                && recording == null
                && !receiver.isTapped()
                && heard == null
                && header.payloadType() == settings.payloadTypes().audio()
                && header.payloadLength() == Codec.FRAME
                && onlyListener.settings != null
                && onlyListener.settings.sends()
                && onlyListener.settings.codec() == settings.codec()
                && onlyListener.sender.isFreeToPass();
    }

    private void tellStart() {
        hasAudio = true;
        silenceTold = false;
        notices.accept(identity, new Notice.AudioStarted());
    }

    /** A sign of life: who suppresses silence may send nothing else while he only listens. */
    void onRtcp(ByteBuffer packet, long now) {
        activeAt = now;
        packetAt = now;
        if (silenceTold) {
            tellStart();
        }
        reports.read(packet, now);
    }

    private void press(int key) {
        var pressed = new Notice.KeyPressed(Key.of(key), receiver.keys().durationMs());
        notices.accept(identity, pressed);
        stopListening();
        var play = sender.play();
        if (recording != null && recording.recorder().endsBy(Key.of(key))) {
            endRecording(Outcome.COMPLETED);
        } else if (play != null && play.bargeIn()) {
            endPlay(Outcome.BARGED_IN);
        }
        if (partner != null) {
            partner.sender.keys().press(key, receiver.keys());
        }
    }

    /** First half of a frame: what the party says. */
    void listen(long now) {
        if (settings != null) {
            receiver.nextFrame(settings, now);
            if (recording != null && !recording.recorder().take(receiver.frame())) {
                endRecording(Outcome.COMPLETED);
            }
            if (heard != null) {
                hear(sender.play() == heard);
            }
        }
    }

    /** The party's voice stops its prompts as a key would. */
    private void hear(boolean prompted) {
        switch (heard.ear().take(receiver.frame(), prompted)) {
            case BEGAN -> {
                var began = new Notice.SpeechNoticed(heard.id(), SpeechOutcome.BEGAN, "", 0);
                notices.accept(identity, began);
                if (prompted && heard.bargeIn()) {
                    endPlay(Outcome.BARGED_IN);
                }
            }
            case ENDED -> {
                spokenTo = heard.ear();
                heard = null;
            }
            case NOTHING -> {}
        }
    }

    /** What the party says is its own matter from now on. */
    void stopListening() {
        if (heard != null) {
            heard.ear().cancel();
            heard = null;
        }
        if (spokenTo != null) {
            spokenTo.cancel();
            spokenTo = null;
        }
    }

    /** Second half of a frame: what the party hears. */
    void speak(LegSender.Bench bench, long frameNumber, long now) {
        if (settings == null) {
            return;
        }
        receiver.tapTalk();
        var ended = sender.nextFrame(settings, bench, frameNumber, now);
        if (ended != null && ended.recorder() != null) {
            recording = ended;
            ended.recorder().begin();
        } else if (ended != null) {
            tellEnd(ended, ended.failed() ? Outcome.FAILED : Outcome.COMPLETED);
        }
        if (now >= reportAt) {
            reportAt = now + REPORT_NANOS;
            report(bench, false, now);
        }
    }

    /** Looks whether the party has been silent for too long. */
    void watchSilence(long silenceNanos, long now) {
        boolean expected = settings != null && settings.receives();
        if (expected && !silenceTold && now - packetAt >= silenceNanos) {
            silenceTold = true;
            hasAudio = false;
            notices.accept(identity, new Notice.AudioStopped());
        }
    }

    /** Replaces what is played. Asked again for the same play, changes nothing. */
    void play(Play play, long now) {
        activeAt = now;
        if (play.id().equals(lastPlayId)) {
            if (play.recorder() != null) {
                play.recorder().stop();
            }
            if (play.ear() != null) {
                play.ear().cancel();
            }
            return;
        }
        endPlay(Outcome.STOPPED);
        endRecording(Outcome.STOPPED);
        stopListening();
        heard = play.ear() == null ? null : play;
        lastPlayId = play.id();
        sender.play(play);
    }

    void stopPlay(String playId, long now) {
        activeAt = now;
        if (lastPlayId.equals(playId)) {
            stopListening();
        }
        if (sender.play() != null && sender.play().id().equals(playId)) {
            endPlay(Outcome.STOPPED);
        } else if (recording != null && recording.id().equals(playId)) {
            endRecording(Outcome.STOPPED);
        }
    }

    /** False when they don't fit in. */
    boolean sendKeys(int[] codes, long now) {
        activeAt = now;
        if (codes.length > sender.keys().room()) {
            return false;
        }
        for (int code : codes) {
            sender.keys().press(code, null);
        }
        return true;
    }

    LegStatistics close(LegSender.Bench bench, long now) {
        endPlay(Outcome.STOPPED);
        endRecording(Outcome.STOPPED);
        receiver.talk(null);
        stopListening();
        if (settings != null) {
            report(bench, true, now);
        }
        return statistics();
    }

    LegStatistics statistics() {
        var got = receiver.statistics();
        long late = receiver.jitter().late();
        double expected = Math.max(1, got.expectedInAll());
        double lossPercent = Math.min(100, 100 * (got.lostInAll() + late) / expected);
        double delayMs = PACKET_MS + receiver.jitter().delayMs() + reports.roundTripMs() / 2;
        var packets =
                new LegStatistics.Packets(
                        receiver.received(),
                        sender.stream().packets(),
                        got.lostInAll(),
                        late,
                        receiver.strangers());
        double mos = packets.received() == 0 ? 0 : Quality.mos(lossPercent, delayMs);
        return new LegStatistics(packets, got.jitterMs(), reports.roundTripMs(), mos);
    }

    private void report(LegSender.Bench bench, boolean bye, long now) {
        if (settings.rtcp() == null) {
            return;
        }
        var packet = bench.packet;
        if (bye) {
            reports.writeBye(packet, receiver.source(), receiver.statistics(), now);
        } else {
            reports.write(packet, receiver.source(), receiver.statistics(), now);
        }
        bench.wire.sendRtcp(packet, settings.rtcp());
    }

    private void endPlay(Outcome outcome) {
        var play = sender.play();
        if (play != null) {
            sender.play(null);
            if (play.recorder() != null) {
                play.recorder().stop();
            }
            tellEnd(play, outcome);
        }
    }

    private void endRecording(Outcome outcome) {
        var over = recording;
        if (over != null) {
            recording = null;
            over.recorder().stop();
            var made = over.recorder().made();
            var how = made.end() == Recorder.End.NO_ROOM ? Outcome.FAILED : outcome;
            notices.accept(identity, new Notice.PromptsEnded(over.id(), how, Optional.of(made)));
        }
    }

    private void tellEnd(Play play, Outcome outcome) {
        notices.accept(identity, new Notice.PromptsEnded(play.id(), outcome));
    }

    LegIdentity identity() {
        return identity;
    }

    LegSettings settings() {
        return settings;
    }

    LegReceiver receiver() {
        return receiver;
    }

    LegSender sender() {
        return sender;
    }

    /** The leg that gets this party's keys, null when the talk is not of two. */
    void partner(Leg other) {
        partner = other;
    }

    /** The leg to which this party's packets can be passed on, null when there is none. */
    void onlyListener(Leg other) {
        onlyListener = other;
    }

    /** Null when in no bridge. */
    String bridgeId() {
        return bridgeId;
    }

    void bridgeId(String id) {
        bridgeId = id;
    }

    /** Which of the ten sub-ticks is the leg's. */
    int slot() {
        return slot;
    }

    void slot(int number) {
        slot = number;
    }

    long activeAt() {
        return activeAt;
    }

    void touch(long now) {
        activeAt = now;
    }
}
