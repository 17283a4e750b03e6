// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.MessageParser;
import org.panacall.sipingress.core.message.MessageParser.Outcome;
import org.panacall.sipingress.core.message.SipMessage;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;

/**
 * Plays one golden trace on virtual time: sends what the peers send, does what the owner does, and
 * wants everything that comes of it to stand in the trace, in its order.
 */
final class TraceRun {

    private static final Endpoint US = new Endpoint("127.0.0.1", 5090);
    private static final Endpoint EDGE = new Endpoint("127.0.0.1", 5080);

    private final UserAgent agent =
            new UserAgent(UserAgentSettings.of("sip-ingress-1", EDGE, US), new CountedIds("us", 1));
    private final Map<String, TracePeer> peers = new LinkedHashMap<>();
    private final TraceMask mask = new TraceMask();
    private final Deque<UserAgentOutput> pending = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private LegId leg = new LegId("leg_out");
    private int lineNumber;

    TraceRun() {
        peers.put("edge", new TracePeer("edge", EDGE));
        int port = 5060;
        for (var name : List.of("alice", "bob", "carol")) {
            peers.put(name, new TracePeer(name, new Endpoint("127.0.0.2", port++)));
        }
    }

    /** Plays all lines; at the end nothing may be left, neither unsaid nor kept. */
    void play(List<TraceLine> lines) {
        for (var line : lines) {
            lineNumber = line.number();
            try {
                play(line);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "line " + lineNumber + ": " + failure.getMessage(), failure);
            }
        }
        assertNothingPending();
        advance(Duration.ofMinutes(10));
        assertNothingPending();
        assertEquals(0, agent.legs(), "legs are left");
        assertEquals(0, agent.transactions(), "transactions are left");
        assertEquals(Optional.empty(), agent.nextDeadline(), "a deadline is left");
    }

    private void play(TraceLine line) {
        var head = line.head();
        if (head.startsWith("+")) {
            assertNothingPending();
            advance(duration(head.substring(1)));
        } else if (head.equals("us do")) {
            assertNothingPending();
            var peer = peers.get(line.option("to").orElse("bob"));
            take(agent.handle(TraceWords.command(line, leg, peer.place), now));
        } else if (head.equals("us :")) {
            var output = next();
            assertEquals(mask.fill(full(line)), TraceWords.describe(output));
        } else if (head.startsWith("us ")) {
            expect(line, peers.get(peerName(head, 2)));
        } else {
            assertNothingPending();
            send(line, peers.get(peerName(head, 0)));
        }
    }

    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }

    private static String peerName(String head, int index) {
        return head.split(" +")[index];
    }

    private static String full(TraceLine line) {
        return line.hasSdp() ? line.what() + " {sdp}" : line.what();
    }

    private void send(TraceLine line, TracePeer peer) {
        var datagram =
                line.full().isEmpty() ? peer.spell(line.with(mask)) : mask.bytes(line.full());
        take(agent.handle(new UserAgentCommand.Received(datagram, peer.place), now));
    }

    private void advance(Duration time) {
        var end = now.plus(time);
        while (true) {
            var next = agent.nextDeadline();
            if (next.isEmpty() || next.get().isAfter(end)) break;
            now = next.get();
            take(agent.tick(now));
        }
        now = end;
    }

    private void take(List<UserAgentOutput> outputs) {
        for (var output : outputs) {
            pending.add(output);
            if (output instanceof UserAgentOutput.Invited(var id, var invitation)) leg = id;
        }
    }

    private UserAgentOutput next() {
        assertFalse(pending.isEmpty(), "nothing happened");
        return pending.remove();
    }

    private void assertNothingPending() {
        assertTrue(
                pending.isEmpty(),
                () -> "not in the trace: " + pending.stream().map(TraceRun::show).toList());
    }

    private static String show(UserAgentOutput output) {
        return output instanceof UserAgentOutput.Send(var datagram, var to)
                ? to + " <- " + new String(datagram, StandardCharsets.ISO_8859_1)
                : output.toString();
    }

    private void expect(TraceLine line, TracePeer peer) {
        var output = next();
        var send = assertInstanceOf(UserAgentOutput.Send.class, output, show(output));
        assertEquals(peer.place, send.to(), show(output));
        var text = new String(send.datagram(), StandardCharsets.ISO_8859_1);
        if (!line.full().isEmpty()) mask.match(line.full(), text);
        var parser = new MessageParser(MessageParser.Limits.STANDARD);
        var outcome = parser.parse(send.datagram());
        var message = assertInstanceOf(Outcome.Understood.class, outcome, text).message();
        switch (message) {
            case Request request -> {
                assertEquals(line.what(), startOf(request, line), text);
                peer.receive(request);
            }
            case Response response -> {
                assertEquals(line.word(0), Integer.toString(response.status()), text);
                if (!line.word(1).isEmpty()) {
                    assertEquals(line.word(1), response.envelope().cseq().method(), text);
                }
                peer.receive(response);
            }
        }
        assertMore(line, message, text);
    }

    /** The start line as short as the trace's. */
    private static String startOf(Request request, TraceLine line) {
        return line.word(1).isEmpty() ? request.method() : request.method() + " " + request.uri();
    }

    private void assertMore(TraceLine line, SipMessage message, String text) {
        assertEquals(line.hasSdp(), message.contentType().equals("application/sdp"), text);
        for (var header : line.headers()) {
            int colon = header.indexOf(": ");
            var value = message.headers().first(header.substring(0, colon)).orElse("-");
            mask.match(header.substring(colon + 2), value);
        }
        line.option("To.tag").ifPresent(tag -> mask.match(tag, message.envelope().to().tag()));
        line.option("From.tag").ifPresent(tag -> mask.match(tag, message.envelope().from().tag()));
    }
}
