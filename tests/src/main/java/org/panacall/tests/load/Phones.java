// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The agents' telephones: they register, ring and answer at once. Fifty share a socket, for the
 * edge limits requests by their source.
 */
public final class Phones {

    /** What the telephones tell whoever plans the calls. */
    public interface Listener {
        void rings(String number, String extension);

        void talks(String number, int audioPort);

        void over(String number, String extension);
    }

    public static final String DOMAIN = "panacall.test";
    private static final int FIRST_EXTENSION = 1001;
    private static final int PHONES_A_SOCKET = 50;
    private static final int REGISTRATION_SECONDS = 600;

    /** Registered again well before the end, as telephones do. */
    private static final long REFRESH_NANOS = REGISTRATION_SECONDS / 2 * 1_000_000_000L;

    private final Post post;
    private final Listener listener;
    private final String description;
    private final List<DatagramChannel> sockets = new ArrayList<>();
    private final Map<String, Ringing> calls = new HashMap<>();
    private final Set<String> refreshing = new HashSet<>();
    private int asked;
    private int registered;
    private int repeatsSeen;

    /** A call at a telephone, by its Call-ID. */
    private record Ringing(String number, String extension, int audioPort, String tag) {}

    /** Calls that were answered here: an ACK may also be that of a ring that was given up. */
    private final Set<String> answered = new HashSet<>();

    /** INVITEs that ring and are not answered yet, by their Call-ID. */
    private final Map<String, Letter> ringing = new HashMap<>();

    private final Map<String, Long> ringNanosOf = new HashMap<>();
    private long ringNanos;

    public Phones(Post post, String description, Listener listener) {
        this.post = post;
        this.description = description;
        this.listener = listener;
    }

    public static String extension(int index) {
        return Integer.toString(FIRST_EXTENSION + index);
    }

    public static String password(String extension) {
        return "bench-" + extension;
    }

    public int registered() {
        return registered;
    }

    public int repeatsSeen() {
        return repeatsSeen;
    }

    /** Rings for so long from now on before it answers; at first not at all. */
    public void ringFor(Duration time) {
        ringNanos = time.toNanos();
    }

    /** The same for one telephone, whatever the others do. */
    public void ringFor(String extension, Duration time) {
        ringNanosOf.put(extension, time.toNanos());
    }

    /** Registers one more telephone. */
    public void registerNext() throws IOException {
        if (asked % PHONES_A_SOCKET == 0) {
            sockets.add(post.open("127.0.0.1"));
        }
        var extension = extension(asked++);
        register(extension, sockets.getLast(), 1, "");
    }

    public void receive(Letter letter, DatagramChannel socket) {
        if (letter.isResponse()) {
            registrationAnswered(letter, socket);
            return;
        }
        switch (letter.method()) {
            case "INVITE" -> invited(letter, socket);
            case "ACK" -> acknowledged(letter);
            case "BYE", "CANCEL" -> ended(letter, socket);
            default -> post.send(response(letter, "200 OK", "bench", ""), socket);
        }
    }

    private void register(String extension, DatagramChannel socket, int sequence, String proof) {
        int port = Post.port(socket);
        var text =
                """
                REGISTER sip:%2$s SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:%3$d;branch=z9hG4bK-r%1$s-%4$d;rport
                Max-Forwards: 70
                From: <sip:%1$s@%2$s>;tag=r%1$s
                To: <sip:%1$s@%2$s>
                Call-ID: register-%1$s-%3$d
                CSeq: %4$d REGISTER
                Contact: <sip:%1$s@127.0.0.1:%3$d>
                Expires: %5$d
                %6$sContent-Length: 0

                """
                        .formatted(extension, DOMAIN, port, sequence, REGISTRATION_SECONDS, proof);
        post.sendUntilSettled(extension + " " + sequence, text.replace("\n", "\r\n"), socket);
    }

    private void registrationAnswered(Letter answer, DatagramChannel socket) {
        if (!answer.method().equals("REGISTER") || answer.status() < 200) {
            return;
        }
        var extension = answer.user("To");
        var sequence = Integer.parseInt(answer.header("CSeq").split(" ")[0]);
        post.settled(extension + " " + sequence);
        switch (answer.status()) {
            case 200 -> {
                registered += refreshing.add(extension) ? 1 : 0;
                post.in(REFRESH_NANOS, () -> register(extension, socket, sequence + 1, ""));
            }
            case 401 -> register(extension, socket, sequence + 1, proof(answer, extension));
            default -> post.in(2_000_000_000L, () -> register(extension, socket, sequence + 1, ""));
        }
    }

    private static String proof(Letter challenge, String extension) {
        var asked = challenge.header("WWW-Authenticate");
        var realm = quoted(asked, "realm");
        var nonce = quoted(asked, "nonce");
        var secret = md5(extension + ":" + realm + ":" + password(extension));
        var what = md5("REGISTER:sip:" + DOMAIN);
        boolean qop = asked.contains("qop=");
        var middle = qop ? nonce + ":00000001:c0ffee:auth" : nonce;
        return ("Authorization: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\","
                        + " uri=\"sip:%s\", response=\"%s\", algorithm=MD5%s\n")
                .formatted(
                        extension,
                        realm,
                        nonce,
                        DOMAIN,
                        md5(secret + ":" + middle + ":" + what),
                        qop ? ", qop=auth, nc=00000001, cnonce=\"c0ffee\"" : "");
    }

    private void invited(Letter invite, DatagramChannel socket) {
        var callId = invite.header("Call-ID");
        if (calls.containsKey(callId)) {
            repeatsSeen++;
            return;
        }
        var number = digits(invite.user("From"));
        var extension = digits(invite.user("To"));
        var call = new Ringing(number, extension, invite.audioPort(), "p" + calls.size());
        calls.put(callId, call);
        listener.rings(number, extension);
        post.send(response(invite, "180 Ringing", call.tag(), ""), socket);
        ringing.put(callId, invite);
        long time = ringNanosOf.getOrDefault(extension, ringNanos);
        if (time == 0) {
            answer(callId, socket);
        } else {
            post.in(time, () -> answer(callId, socket));
        }
    }

    private void answer(String callId, DatagramChannel socket) {
        var invite = ringing.remove(callId);
        if (invite != null) {
            answered.add(callId);
            var answer = response(invite, "200 OK", calls.get(callId).tag(), description);
            post.sendUntilSettled("answer " + callId, answer, socket);
        }
    }

    private void acknowledged(Letter ack) {
        var call = calls.get(ack.header("Call-ID"));
        post.settled("answer " + ack.header("Call-ID"));
        if (call != null && answered.contains(ack.header("Call-ID"))) {
            listener.talks(call.number(), call.audioPort());
        }
    }

    private void ended(Letter request, DatagramChannel socket) {
        var callId = request.header("Call-ID");
        var call = calls.get(callId);
        post.send(response(request, "200 OK", call == null ? "x" : call.tag(), ""), socket);
        var invite = ringing.remove(callId);
        if (invite != null) {
            post.send(response(invite, "487 Request Terminated", call.tag(), ""), socket);
        }
        if (call != null) {
            post.settled("answer " + callId);
            listener.over(call.number(), call.extension());
            // Kept a while, so that a repeated BYE is not taken for one of a call never seen.
            post.in(
                    5_000_000_000L,
                    () -> {
                        calls.remove(callId);
                        answered.remove(callId);
                    });
        }
    }

    private static String response(Letter request, String status, String tag, String body) {
        var to = request.header("To");
        return "SIP/2.0 %s\r\n%s%s%sTo: %s\r\n%s%s%s%sContent-Length: %d\r\n\r\n%s"
                .formatted(
                        status,
                        request.lines("Via"),
                        request.lines("Record-Route"),
                        request.lines("From"),
                        to.contains(";tag=") ? to : to + ";tag=" + tag,
                        request.lines("Call-ID"),
                        request.lines("CSeq"),
                        "Contact: <" + request.text().split(" ", 3)[1] + ">\r\n",
                        body.isEmpty() ? "" : "Content-Type: application/sdp\r\n",
                        body.length(),
                        body);
    }

    private static String digits(String user) {
        return user.startsWith("+") ? user.substring(1) : user;
    }

    private static String quoted(String header, String name) {
        int at = header.indexOf(name + "=\"") + name.length() + 2;
        return header.substring(at, header.indexOf('"', at));
    }

    private static String md5(String text) {
        try {
            var md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(md5.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
