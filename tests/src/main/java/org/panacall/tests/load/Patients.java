// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

import java.io.IOException;
import java.nio.channels.DatagramChannel;

/** The callers' side, behind a carrier's address: INVITE, ACK and BYE of each journey. */
public final class Patients {

    public static final String HOST = "127.0.0.2";

    /** What a caller's telephone tells. */
    public interface Listener {
        void answered(Journey journey);

        /** Over with an answer to our BYE, by a BYE of the platform, or by a refusal. */
        void over(Journey journey, String how);
    }

    private final Post post;
    private final DatagramChannel socket;
    private final String dialled;
    private final int edgePort;
    private final String description;
    private final Listener listener;
    private final java.util.Map<String, Journey> journeys = new java.util.HashMap<>();
    private int repeatsSeen;

    public Patients(Post post, Target target, String description, Listener listener)
            throws IOException {
        this.post = post;
        this.socket = post.open(HOST);
        this.dialled = target.number();
        this.edgePort = target.edgePort();
        this.description = description;
        this.listener = listener;
    }

    /** Whom they dial, and where. */
    public record Target(String number, int edgePort) {}

    public int repeatsSeen() {
        return repeatsSeen;
    }

    public boolean owns(DatagramChannel other) {
        return other == socket;
    }

    public void dial(Journey journey) {
        journeys.put(callId(journey), journey);
        var text =
                head("INVITE", uri(), journey, 1, "i")
                        + "To: <%s>\r\nContact: <sip:%s@%s:%d>\r\n"
                                .formatted(uri(), journey.number, HOST, Post.port(socket))
                        + "Content-Type: application/sdp\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(description.length(), description);
        post.sendUntilSettled(callId(journey) + " INVITE", text, socket);
    }

    public void hangUp(Journey journey) {
        var text =
                head("BYE", journey.target, journey, 2, "b")
                        + journey.inDialog
                        + "Content-Length: 0\r\n\r\n";
        post.sendUntilSettled(callId(journey) + " BYE", text, socket);
    }

    public void forget(Journey journey) {
        post.settled(callId(journey) + " INVITE");
        post.settled(callId(journey) + " BYE");
        journeys.remove(callId(journey));
    }

    public void receive(Letter letter) {
        var journey = journeys.get(letter.header("Call-ID"));
        if (!letter.isResponse()) {
            post.send(answer(letter), socket);
            if (journey != null && letter.method().equals("BYE")) {
                listener.over(journey, "platform hung up");
            }
        } else if (journey == null) {
            repeatsSeen++;
        } else if (letter.method().equals("BYE")) {
            post.settled(callId(journey) + " BYE");
            listener.over(journey, letter.status() == 200 ? "" : "BYE " + letter.status());
        } else {
            inviteAnswered(letter, journey);
        }
    }

    private void inviteAnswered(Letter answer, Journey journey) {
        post.settled(callId(journey) + " INVITE");
        int status = answer.status();
        if (journey.tryingAt == 0) {
            journey.tryingAt = System.nanoTime();
        }
        if (status >= 300) {
            var ack =
                    head("ACK", uri(), journey, 1, "i")
                            + answer.lines("To")
                            + "Content-Length: 0\r\n\r\n";
            post.send(ack, socket);
            listener.over(journey, Integer.toString(status));
        } else if (status >= 200) {
            boolean first = journey.answeredAt == 0;
            if (first) {
                journey.answeredAt = System.nanoTime();
                journey.target = answer.contactUri();
                journey.inDialog = answer.lines("To") + answer.routesOfCaller();
                journey.callerAudioPort = answer.audioPort();
            } else {
                repeatsSeen++;
            }
            var ack =
                    head("ACK", journey.target, journey, 1, "a")
                            + journey.inDialog
                            + "Content-Length: 0\r\n\r\n";
            post.send(ack, socket);
            if (first) {
                listener.answered(journey);
            }
        }
    }

    private String uri() {
        return "sip:" + dialled + "@127.0.0.1:" + edgePort;
    }

    private String head(String method, String uri, Journey journey, int sequence, String branch) {
        return """
        %1$s %2$s SIP/2.0\r
        Via: SIP/2.0/UDP %3$s:%4$d;branch=z9hG4bK-%5$s-%6$s;rport\r
        Max-Forwards: 70\r
        From: <sip:+%7$s@%3$s>;tag=%5$s\r
        Call-ID: %5$s\r
        CSeq: %8$d %1$s\r
        """
                .formatted(
                        method,
                        uri,
                        HOST,
                        Post.port(socket),
                        callId(journey),
                        branch,
                        journey.number,
                        sequence);
    }

    private static String answer(Letter request) {
        return "SIP/2.0 200 OK\r\n%s%s%s%s%sContent-Length: 0\r\n\r\n"
                .formatted(
                        request.lines("Via"),
                        request.lines("From"),
                        request.lines("To"),
                        request.lines("Call-ID"),
                        request.lines("CSeq"));
    }

    private static String callId(Journey journey) {
        return "bench-" + journey.id;
    }
}
