// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Our side of one leg's SDP. Remembers the streams of the exchange before, since none may vanish
 * from a later description (RFC 3264 §8), and raises the version in o= with each change.
 *
 * <p>Owned by the leg's thread.
 */
public final class LocalSdp {

    private static final int TELEPHONE_EVENT = 101;
    private static final String STREAM_BEGIN = "m=audio %d RTP/AVP";

    private final long id;
    private long version;
    private String last = "";
    private List<SdpStream> layout = List.of();
    private int audioIndex;

    /**
     * @param id the number in o=, unique among our descriptions
     */
    public LocalSdp(long id) {
        this.id = id;
    }

    /** Goes on where another process was. */
    public LocalSdp(StoredSdp stored) {
        this(stored.id());
        version = stored.nextVersion();
        audioIndex = stored.audioIndex();
        layout = stored.streams().stream().map(StoredSdp.Stream::toStream).toList();
    }

    public StoredSdp stored() {
        var streams = layout.stream().map(StoredSdp.Stream::of).toList();
        return new StoredSdp(id, version, audioIndex, streams);
    }

    /** Where our audio stream stands among the streams of the last description. */
    public int audioIndex() {
        return audioIndex;
    }

    /** An offer of all that we speak, both ways. */
    public String offer(LocalAudio local) {
        var audio = new ArrayList<String>();
        audio.add(STREAM_BEGIN.formatted(local.rtpPort()) + " 8 0 " + TELEPHONE_EVENT);
        audio.add("a=rtpmap:8 PCMA/8000");
        audio.add("a=rtpmap:0 PCMU/8000");
        addTelephoneEvent(audio, TELEPHONE_EVENT);
        addTail(audio, local, MediaDirection.SENDRECV, 20);
        return print(local, audio);
    }

    /**
     * An offer of another address that keeps to what was agreed: the same codec first and the same
     * payload types (RFC 3264 §8.3.2). Always a new version, since what is behind the same address
     * may have changed on the way.
     */
    public String reoffer(LocalAudio local, AgreedAudio agreed) {
        int events = agreed.telephoneEventPayloadType();
        if (events == 0) events = TELEPHONE_EVENT;
        var formats = new StringBuilder(" " + agreed.payloadType());
        var maps = new ArrayList<String>();
        maps.add("a=rtpmap:" + agreed.payloadType() + " " + agreed.codec() + "/8000");
        for (var codec : AudioCodec.values()) {
            int type = codec.staticPayloadType();
            if (codec == agreed.codec() || type == agreed.payloadType() || type == events) continue;
            formats.append(' ').append(type);
            maps.add("a=rtpmap:" + type + " " + codec + "/8000");
        }
        if (events != agreed.payloadType()) {
            formats.append(' ').append(events);
            addTelephoneEvent(maps, events);
        }
        maps.addFirst(STREAM_BEGIN.formatted(local.rtpPort()) + formats);
        addTail(maps, local, MediaDirection.SENDRECV, millis(agreed));
        last = "";
        return print(local, maps);
    }

    private static int millis(AgreedAudio agreed) {
        return (int) agreed.packetTime().map(java.time.Duration::toMillis).orElse(20L).longValue();
    }

    /** The answer to an offer: the agreed stream taken, all others refused with port 0. */
    public String answer(Negotiation offer, LocalAudio local) {
        layout = offer.streams();
        audioIndex = offer.chosen();
        var agreed = offer.audio();
        int events = agreed.telephoneEventPayloadType();
        var audio = new ArrayList<String>();
        var begin = STREAM_BEGIN.formatted(local.rtpPort()) + " " + agreed.payloadType();
        audio.add(events == 0 ? begin : begin + " " + events);
        audio.add("a=rtpmap:" + agreed.payloadType() + " " + agreed.codec() + "/8000");
        if (events != 0) addTelephoneEvent(audio, events);
        addTail(audio, local, agreed.ourDirection(), millis(agreed));
        return print(local, audio);
    }

    private static void addTelephoneEvent(List<String> audio, int payloadType) {
        audio.add("a=rtpmap:" + payloadType + " telephone-event/8000");
        audio.add("a=fmtp:" + payloadType + " 0-15");
    }

    private static void addTail(
            List<String> audio, LocalAudio local, MediaDirection direction, int packetMillis) {
        audio.add("a=ptime:" + packetMillis);
        audio.add("a=rtcp:" + local.rtcpPort());
        audio.add("a=" + direction.attribute());
    }

    private String print(LocalAudio local, List<String> audio) {
        var family = local.address().indexOf(':') >= 0 ? "IP6" : "IP4";
        var connection = "IN " + family + " " + local.address();
        var lines = new ArrayList<String>();
        lines.add("s=-");
        lines.add("c=" + connection);
        lines.add("t=0 0");
        for (int index = 0; index < Math.max(layout.size(), 1); index++) {
            if (index == audioIndex) {
                lines.addAll(audio);
            } else {
                lines.add(refusal(layout.get(index)));
            }
        }
        var body = String.join("\r\n", lines);
        if (!body.equals(last)) version++;
        last = body;
        return "v=0\r\no=panacall "
                + id
                + " "
                + version
                + " "
                + connection
                + "\r\n"
                + body
                + "\r\n";
    }

    private static String refusal(SdpStream stream) {
        return "m=" + stream.kind() + " 0 " + stream.protocol() + " " + stream.formats().getFirst();
    }
}
