// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit.hostile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.panacall.simkit.Dice;

/** Breaks session descriptions by seed. */
public final class SdpMutator {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final List<String> NUMBERS =
            List.of(
                    "-1",
                    "0",
                    "00000000000000000001",
                    "65535",
                    "65536",
                    "2147483648",
                    "4294967296",
                    "99999999999999999999999",
                    "1e9",
                    "0x10",
                    "1.5");
    private static final List<String> LINES =
            List.of(
                    "c=IN IP4 255.255.255.255",
                    "c=IN IP4 224.0.0.1/127",
                    "c=IN IP4 0.0.0.0",
                    "c=IN IP4 999.1.1.1",
                    "c=IN IP6 ::1",
                    "c=IN IP6 fe80::1%lo",
                    "c=IN IP4 localhost",
                    "c=",
                    "m=audio 0 RTP/AVP 8",
                    "m=audio 65535 RTP/AVP 8 8 8",
                    "m=audio 40000/65535 RTP/AVP 8",
                    "m=audio 40000 RTP/SAVPF 8",
                    "m=image 40000 udptl t38",
                    "m=audio 40000 RTP/AVP",
                    "a=rtpmap:8 PCMA/0",
                    "a=rtpmap:8 PCMA/8000/99",
                    "a=rtpmap:8 telephone-event/8000",
                    "a=rtpmap: ",
                    "a=fmtp:101 0-999999",
                    "a=ptime:0",
                    "a=ptime:999",
                    "a=rtcp:0",
                    "a=rtcp:70000 IN IP4 h",
                    "a=sendonly\r\na=recvonly\r\na=inactive",
                    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x",
                    "a=candidate:1 1 udp 1 h 1 typ host",
                    "z=0 0 0 0",
                    "Q=?",
                    "=",
                    "");

    private final Dice dice;

    public SdpMutator(Dice dice) {
        this.dice = dice;
    }

    /** A broken copy. */
    public String mutate(String body) {
        var lines = new ArrayList<>(List.of(body.split("\r\n", -1)));
        for (int i = dice.between(1, 3); i > 0; i--) {
            int at = dice.below(lines.size());
            var line = lines.get(at);
            switch (dice.below(9)) {
                case 0 -> lines.add(dice.below(lines.size() + 1), line);
                case 1 -> lines.remove(at);
                case 2 -> lines.set(at, replaceNumber(line, dice));
                case 3 -> lines.add(at, dice.oneOf(LINES));
                case 4 -> lines.set(at, dice.oneOf(LINES));
                case 5 -> lines.set(at, line + " 8".repeat(dice.oneOf(List.of(70, 3_000))));
                case 6 -> lines.addAll(Collections.nCopies(dice.oneOf(List.of(20, 300)), line));
                case 7 -> lines.set(at, line + dice.oneOf(List.of("\0", "\r", "\u00ff", ":", "=")));
                default -> Collections.swap(lines, at, dice.below(lines.size()));
            }
            if (lines.isEmpty()) lines.add("v=0");
        }
        return String.join(dice.chance(0.1) ? "\n" : "\r\n", lines) + "\r\n";
    }

    /** One of the numbers in the text becomes a strange one. */
    static String replaceNumber(String text, Dice dice) {
        var found = NUMBER.matcher(text);
        int count = (int) found.results().count();
        if (count == 0) return text;
        int wanted = dice.below(count);
        found.reset();
        for (int i = 0; i <= wanted; i++) found.find();
        return text.substring(0, found.start()) + dice.oneOf(NUMBERS) + text.substring(found.end());
    }
}
