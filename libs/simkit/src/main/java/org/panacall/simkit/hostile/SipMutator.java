// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.panacall.simkit.Dice;

/**
 * Breaks SIP messages by seed, knowing what they are made of: headers, lists, numbers, lengths,
 * bodies. Each message gets a few of the mutations; each mutator leaves some out and prefers
 * others.
 */
public final class SipMutator {

    private static final List<String> WEIRD_METHODS =
            List.of("invite", "INVITE\t", "BYE", "%n%s", "PRACK", "X".repeat(300), "", "SIP/2.0");
    private static final List<String> WEIRD_URIS =
            List.of(
                    "sip:",
                    "sip:@",
                    "sip:%00@h",
                    "sip:a@[::1",
                    "sip:a@h:99999",
                    "sip:a@h;;;=;lr=",
                    "tel:+;phone-context=",
                    "sips:" + "9".repeat(3_000) + "@h",
                    "sip:../../etc/passwd@h",
                    "sip:'%20or%201=1--@h",
                    "<sip:a@h>",
                    "urn:service:sos",
                    "sip:\u00ff\u00fe@h");
    private static final String[] COMPACT = {
        "Via",
        "v",
        "From",
        "f",
        "To",
        "t",
        "Call-ID",
        "i",
        "Contact",
        "m",
        "Content-Type",
        "c",
        "Content-Length",
        "l",
        "Supported",
        "k",
        "Content-Encoding",
        "e"
    };

    private final Dice dice;
    private final List<Consumer<Draft>> mutations;
    private final double[] weights;
    private final SdpMutator bodies;

    /** A message in pieces, one char a byte. */
    private static final class Draft {
        String start;
        final List<String> headers = new ArrayList<>();
        String body;
        String lineEnd = "\r\n";

        Draft(String text) {
            int end = text.indexOf("\r\n\r\n");
            var lines = (end < 0 ? text : text.substring(0, end)).split("\r\n");
            start = lines[0];
            for (int i = 1; i < lines.length; i++) headers.add(lines[i]);
            body = end < 0 ? "" : text.substring(end + 4);
        }

        String text() {
            return start + lineEnd + String.join(lineEnd, headers) + lineEnd + lineEnd + body;
        }
    }

    public SipMutator(Dice dice) {
        this.dice = dice;
        bodies = new SdpMutator(dice);
        mutations =
                List.of(
                        this::repeatHeader,
                        this::dropHeader,
                        this::overlong,
                        this::unknownHeader,
                        this::badUtf8,
                        this::strangeNumber,
                        this::compactForm,
                        this::fold,
                        this::wrongLength,
                        this::nestBody,
                        this::manyHeaders,
                        this::longList,
                        this::startLine,
                        this::separators,
                        this::shuffle,
                        this::otherValue,
                        this::lineEnds,
                        this::breakBody,
                        this::parameters);
        weights = dice.swarm(mutations.size());
    }

    /** A broken copy; now and then only a few bits are flipped, or the end is missing. */
    public byte[] mutate(byte[] message) {
        var draft = new Draft(new String(message, StandardCharsets.ISO_8859_1));
        for (int i = dice.below(4); i > 0; i--) {
            mutations.get(dice.weighted(weights)).accept(draft);
        }
        var bytes = draft.text().getBytes(StandardCharsets.ISO_8859_1);
        if (dice.chance(0.3)) flipBits(bytes);
        int length = dice.chance(0.05) ? dice.below(bytes.length) : bytes.length;
        return java.util.Arrays.copyOf(bytes, Math.min(length, 60_000));
    }

    private void flipBits(byte[] bytes) {
        for (int flips = dice.between(1, 8); flips > 0; flips--) {
            bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(8));
        }
    }

    private int anyHeader(Draft draft) {
        return dice.below(draft.headers.size());
    }

    private void change(Draft draft, java.util.function.UnaryOperator<String> how) {
        if (draft.headers.isEmpty()) return;
        int at = anyHeader(draft);
        draft.headers.set(at, how.apply(draft.headers.get(at)));
    }

    private void repeatHeader(Draft draft) {
        if (draft.headers.isEmpty()) return;
        draft.headers.add(
                dice.below(draft.headers.size() + 1), draft.headers.get(anyHeader(draft)));
    }

    private void dropHeader(Draft draft) {
        if (!draft.headers.isEmpty()) draft.headers.remove(anyHeader(draft));
    }

    private void overlong(Draft draft) {
        var filling = dice.oneOf(List.of("x", "1", ";a=b", " ", ",", "<", "\"", "%41"));
        int times = dice.oneOf(List.of(100, 1_000, 5_000, 15_000));
        change(draft, header -> header + filling.repeat(times));
    }

    private void unknownHeader(Draft draft) {
        var name = dice.oneOf(List.of("X-Unknown", "X", "!#", "", "X-" + "y".repeat(500)));
        var value = dice.oneOf(List.of("", ";;,,;;,;", "\u0001", "%s%n%x", "${jndi:ldap://h}"));
        draft.headers.add(dice.below(draft.headers.size() + 1), name + ": " + value);
    }

    private void badUtf8(Draft draft) {
        var bad =
                dice.oneOf(List.of("\u00ff\u00fe", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00e2"));
        change(draft, header -> insert(header, bad));
    }

    private String insert(String text, String what) {
        int at = dice.below(text.length() + 1);
        return text.substring(0, at) + what + text.substring(at);
    }

    private void strangeNumber(Draft draft) {
        change(draft, header -> SdpMutator.replaceNumber(header, dice));
    }

    private void compactForm(Draft draft) {
        int pair = 2 * dice.below(COMPACT.length / 2);
        draft.headers.replaceAll(
                header ->
                        header.startsWith(COMPACT[pair] + ":")
                                ? COMPACT[pair + 1] + header.substring(COMPACT[pair].length())
                                : header);
    }

    private void fold(Draft draft) {
        var fold = dice.oneOf(List.of("\r\n ", "\r\n\t", "\n ", "\r ", "\r\n \r\n "));
        change(draft, header -> insert(header, fold.repeat(dice.oneOf(List.of(1, 2, 400)))));
    }

    private void wrongLength(Draft draft) {
        draft.headers.removeIf(header -> header.startsWith("Content-Length"));
        var length = dice.oneOf(List.of("-1", "0", "1", "99999", "4294967296", "x", "", "1 1"));
        draft.headers.add("Content-Length: " + length);
    }

    private void nestBody(Draft draft) {
        int depth = dice.oneOf(List.of(1, 3, 40));
        var body = draft.body;
        for (int i = 0; i < depth; i++) {
            body = "--b" + i + "\r\nContent-Type: application/sdp\r\n\r\n" + body + "\r\n";
            if (dice.chance(0.9)) body += "--b" + i + "--\r\n";
        }
        draft.headers.removeIf(header -> header.startsWith("Content-"));
        draft.headers.add("Content-Type: multipart/mixed;boundary=b" + (depth - 1));
        draft.headers.add("Content-Length: " + body.length());
        draft.body = body;
    }

    private void manyHeaders(Draft draft) {
        if (draft.headers.isEmpty()) return;
        var header = draft.headers.get(anyHeader(draft));
        draft.headers.addAll(Collections.nCopies(dice.oneOf(List.of(5, 60, 300)), header));
    }

    private void longList(Draft draft) {
        var values =
                List.of(
                        "Via: SIP/2.0/UDP h;branch=z9hG4bKx",
                        "Record-Route: <sip:127.0.0.1:5080;lr>",
                        "Route: <sip:127.0.0.1:5080;lr>",
                        "Contact: <sip:a@127.0.0.2>",
                        "Require: nothing",
                        "P-Asserted-Identity: <sip:a@h>",
                        "Reason: Q.850;cause=16");
        var header = dice.oneOf(values);
        var value = header.substring(header.indexOf(' '));
        draft.headers.add(header + ("," + value).repeat(dice.oneOf(List.of(1, 30, 80))));
    }

    private void startLine(Draft draft) {
        var words = new ArrayList<>(List.of(draft.start.split(" ", 3)));
        while (words.size() < 3) words.add("");
        switch (dice.below(4)) {
            case 0 -> words.set(0, dice.oneOf(WEIRD_METHODS));
            case 1 -> words.set(1, dice.oneOf(WEIRD_URIS));
            case 2 -> words.set(2, dice.oneOf(List.of("SIP/2.00", "SIP/9.9", "", "HTTP/1.1")));
            default -> words.set(dice.below(3), " ");
        }
        draft.start = String.join(" ", words);
    }

    private void separators(Draft draft) {
        var noise = dice.oneOf(List.of(";;", ",,", "<", ">", "\"", "\\", "=", "@", ":", "\0", "?"));
        change(draft, header -> insert(header, noise));
    }

    private void shuffle(Draft draft) {
        if (draft.headers.isEmpty()) return;
        Collections.swap(draft.headers, anyHeader(draft), anyHeader(draft));
    }

    /** The value of another header: a Contact in Via, a CSeq in From. */
    private void otherValue(Draft draft) {
        if (draft.headers.isEmpty()) return;
        var from = draft.headers.get(anyHeader(draft));
        var value = from.substring(from.indexOf(':') + 1);
        change(draft, header -> header.substring(0, header.indexOf(':') + 1) + value);
    }

    private void lineEnds(Draft draft) {
        draft.lineEnd = dice.oneOf(List.of("\n", "\r", "\r\r\n", "\0\r\n"));
    }

    private void breakBody(Draft draft) {
        draft.body = bodies.mutate(draft.body);
        if (dice.chance(0.2)) return;
        draft.headers.removeIf(header -> header.startsWith("Content-Length"));
        draft.headers.add("Content-Length: " + draft.body.length());
    }

    private void parameters(Draft draft) {
        var parameter =
                dice.oneOf(
                        List.of(
                                ";tag=",
                                ";tag=1;tag=2",
                                ";branch=z9hG4bK",
                                ";branch=",
                                ";rport=99999",
                                ";received=h",
                                ";maddr=255.255.255.255",
                                ";lr=\"",
                                ";q=9"));
        change(draft, header -> header + parameter);
    }
}
