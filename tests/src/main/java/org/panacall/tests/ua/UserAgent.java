// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.panacall.tests.ua.Audio.Codec;

/**
 * A scripted telephone over UDP: registers, dials, rings, answers, refuses, holds, hangs up. It
 * speaks just enough SIP for that and shares no code with the product.
 */
public final class UserAgent implements AutoCloseable {

    /** What a telephone does by itself when it is called. */
    public enum Habit {
        /** Rings until the script decides. */
        RING,
        /** Rings, then answers at once. */
        ANSWER,
        /** The same, but 486 while it has a call: a phone of one line. */
        ANSWER_WHEN_FREE,
        /** Answers 486. */
        REFUSE,
        /** Says nothing but 100. */
        IGNORE
    }

    /** Who the telephone is; a carrier's side has no password. */
    public record Identity(String user, String domain, Optional<String> password) {}

    private static final Duration GOOD_BYE = Duration.ofSeconds(4);

    private final Identity identity;
    private final InetSocketAddress edge;
    private final Wire wire;
    private final Letters letters;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<SipMessage>> waiting = new ConcurrentHashMap<>();
    private final BlockingQueue<Call> incoming = new LinkedBlockingQueue<>();
    private final int toneHz;
    private volatile Habit habit = Habit.RING;
    private boolean registered;

    /** A telephone on a port of the address (0: a free one), speaking a tone of its own. */
    public UserAgent(Identity identity, InetSocketAddress local, InetSocketAddress edge, int tone) {
        this.identity = identity;
        this.edge = edge;
        this.toneHz = tone;
        wire = new Wire(local, this::take);
        letters = new Letters(identity, wire.address().getHostAddress(), wire.port());
    }

    public void setHabit(Habit habit) {
        this.habit = habit;
    }

    public int port() {
        return wire.port();
    }

    public int toneHz() {
        return toneHz;
    }

    /** What went over the wire, "> INVITE" sent, "< 200 INVITE" received. */
    public List<String> ladder() {
        return wire.ladder();
    }

    /** Registers for so long; 0 unregisters. Returns the final status. */
    public int register(Duration expires) {
        registered = !expires.isZero();
        var first = exchange(letters.registration(expires));
        if (first.status() != 401) {
            return first.status();
        }
        var retry = letters.registration(expires);
        Digest.authorize(retry, first, identity);
        return exchange(retry).status();
    }

    /** Dials a user part; the call is under way when this returns. */
    public Call dial(String user, Dialling dialling) {
        var call = new Call(this, Letters.id(), new Audio(wire.address(), toneHz));
        call.dialling = dialling;
        call.target = "sip:" + user + "@" + identity.domain();
        call.localAddress =
                "<sip:%s@%s>;tag=%s".formatted(identity.user(), identity.domain(), Letters.id());
        call.remoteAddress = "<" + call.target + ">";
        calls.put(call.callId, call);
        sendInvite(call, letters.invite(call, dialling.offerless() ? "" : sdp(call, "sendrecv")));
        return call;
    }

    /** The next call that rings here, if one does in time. */
    public Optional<Call> awaitCall(Duration limit) {
        try {
            return Optional.ofNullable(incoming.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Sends a request as it is to the edge and waits for a final answer, if one comes. */
    public Optional<Integer> sendRaw(String request, Duration limit) {
        var message = SipMessage.parse(request);
        var queue = waiting.computeIfAbsent(keyOf(message), key -> new LinkedBlockingQueue<>());
        wire.send(message, edge);
        try {
            var answer = queue.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.ofNullable(answer).map(SipMessage::status);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Hangs up and waits for the answers: a BYE that is lost would leave a call for ever. */
    @Override
    public void close() {
        calls.values().forEach(Call::close);
        wire.awaitSettled("> ", GOOD_BYE);
        if (registered) {
            register(Duration.ZERO);
        }
        wire.close();
    }

    void answer(Call call) {
        call.noteAnswered();
        if (!call.invite.body.isEmpty()) {
            tune(call, call.invite.body);
        }
        respond(call.invite, 200, call, sdp(call, "sendrecv"));
    }

    void reject(Call call, int status) {
        respond(call.invite, status, call, "");
        call.noteEnded(false, "");
    }

    void hangUp(Call call) {
        // A CANCEL must not overtake its INVITE: first something has to come back (RFC 3261 9.1).
        if (!call.inbound && !call.isAnswered()) {
            call.awaitProvisional();
        }
        if (call.isAnswered()) {
            call.localSequence++;
            var bye = letters.inDialog(call, "BYE", "");
            wire.sendRepeating("> " + keyOf(bye), bye, next(call));
            call.noteEnded(false, "");
        } else if (call.inbound) {
            reject(call, 486);
        } else {
            var to = call.invite.header("To").orElseThrow();
            var cancel = Letters.ofTransaction("CANCEL", call.invite, to);
            wire.sendRepeating("> " + keyOf(cancel), cancel, edge);
        }
    }

    void reinvite(Call call, String direction) {
        call.localSequence++;
        call.invite = letters.inDialog(call, "INVITE", sdp(call, direction));
        wire.sendRepeating("> " + keyOf(call.invite), call.invite, next(call));
    }

    private void take(SipMessage message, InetSocketAddress from) {
        if (message.isResponse()) {
            takeResponse(message);
        } else {
            takeRequest(message, from);
        }
    }

    private void takeResponse(SipMessage response) {
        wire.settled("> " + keyOf(response));
        var queue = waiting.get(keyOf(response));
        if (queue != null && response.status() >= 200) {
            queue.add(response);
        }
        var call = calls.get(response.callId());
        if (call != null && response.method().equals("BYE") && response.status() >= 200) {
            call.noteByeAnswered(response.status());
        }
        if (call == null || !response.method().equals("INVITE")) {
            return;
        }
        call.noteStatus(response.status());
        if (response.status() >= 300) {
            refused(call, response);
        } else if (response.status() >= 200) {
            accepted(call, response);
        } else if (!response.body.isEmpty()) {
            tune(call, response.body);
        }
    }

    private void refused(Call call, SipMessage response) {
        var to = response.header("To").orElseThrow();
        wire.send(Letters.ofTransaction("ACK", call.invite, to), edge);
        boolean challenged = response.status() == 401 || response.status() == 407;
        if (challenged && identity.password().isPresent() && call.localSequence == 1) {
            call.localSequence++;
            var again = letters.invite(call, call.invite.body);
            Digest.authorize(again, response, identity);
            sendInvite(call, again);
        } else if (!call.isAnswered()) {
            call.noteEnded(false, response.header("Reason").orElse(""));
        }
    }

    private void accepted(Call call, SipMessage response) {
        call.remoteAddress = response.header("To").orElseThrow();
        call.target = SipMessage.uri(response.header("Contact").orElse("<" + call.target + ">"));
        if (!call.isAnswered()) {
            call.routes = response.list("Record-Route").reversed();
        }
        boolean delayed = call.invite.body.isEmpty() && !response.body.isEmpty();
        if (!response.body.isEmpty()) {
            tune(call, response.body);
        }
        wire.send(letters.inDialog(call, "ACK", delayed ? sdp(call, "sendrecv") : ""), next(call));
        call.noteAnswered();
    }

    private void takeRequest(SipMessage request, InetSocketAddress from) {
        var known = wire.unsettled("< " + keyOf(request));
        if (known.isPresent()) {
            wire.transmit(known.get(), from);
            return;
        }
        var call = calls.get(request.callId());
        switch (request.method()) {
            case "INVITE" -> {
                if (call == null) {
                    invited(request);
                } else {
                    reinvited(call, request);
                }
            }
            case "ACK" -> acknowledged(request, call);
            case "BYE" -> ended(request, call, false);
            case "CANCEL" -> ended(request, call, true);
            default -> respond(request, 200, call, "");
        }
    }

    private void invited(SipMessage invite) {
        var call = new Call(this, invite.callId(), new Audio(wire.address(), toneHz));
        call.inbound = true;
        call.invite = invite;
        call.localAddress = invite.header("To").orElseThrow() + ";tag=" + Letters.id();
        call.remoteAddress = invite.header("From").orElseThrow();
        call.target = SipMessage.uri(invite.header("Contact").orElseThrow());
        call.routes = invite.list("Record-Route");
        calls.put(call.callId, call);
        switch (habit) {
            case IGNORE -> respond(invite, 100, call, "");
            case REFUSE -> reject(call, 486);
            case RING -> respond(invite, 180, call, "");
            case ANSWER -> ringAndAnswer(invite, call);
            case ANSWER_WHEN_FREE -> {
                if (hasOtherThan(call)) {
                    reject(call, 486);
                } else {
                    ringAndAnswer(invite, call);
                }
            }
        }
        incoming.add(call);
    }

    private void ringAndAnswer(SipMessage invite, Call call) {
        respond(invite, 180, call, "");
        answer(call);
    }

    private boolean hasOtherThan(Call call) {
        return calls.values().stream()
                .anyMatch(other -> other != call && other.isAnswered() && !other.isEnded());
    }

    private void reinvited(Call call, SipMessage invite) {
        call.invite = invite;
        // A re-INVITE may name a new target (RFC 3261 12.2.2), as one of a peer's does.
        invite.header("Contact").ifPresent(told -> call.target = SipMessage.uri(told));
        boolean held = !Sdp.direction(invite.body).equals("sendrecv");
        if (!invite.body.isEmpty()) {
            tune(call, invite.body);
            call.noteHeld(held);
        }
        respond(invite, 200, call, sdp(call, held ? "recvonly" : "sendrecv"));
    }

    private void acknowledged(SipMessage ack, Call call) {
        wire.settled("< " + ack.callId() + " " + ack.sequence() + " INVITE");
        if (call == null) {
            return;
        }
        if (!ack.body.isEmpty()) {
            tune(call, ack.body);
        }
        call.noteAcknowledged();
    }

    private void ended(SipMessage request, Call call, boolean byCancel) {
        respond(request, call == null ? 481 : 200, call, "");
        if (call == null || byCancel && call.isAnswered()) {
            return;
        }
        if (byCancel) {
            respond(call.invite, 487, call, "");
        }
        call.noteEnded(byCancel, request.header("Reason").orElse(""));
    }

    private void respond(SipMessage request, int status, Call call, String body) {
        var response = letters.response(request, status, call, body);
        if (status >= 200 && request.method().equals("INVITE")) {
            wire.sendRepeating("< " + keyOf(request), response, edge);
        } else {
            wire.send(response, edge);
        }
    }

    private void sendInvite(Call call, SipMessage invite) {
        call.invite = invite;
        wire.sendRepeating("> " + keyOf(invite), invite, edge);
    }

    private void tune(Call call, String sdp) {
        var ours = call.dialling.codecs().isEmpty() ? List.of(Codec.PCMA) : call.dialling.codecs();
        var codec = Sdp.codec(sdp, ours).orElse(Codec.PCMA);
        call.audio().sendTo(Sdp.remote(sdp), codec, Sdp.eventPayloadType(sdp));
    }

    private String sdp(Call call, String direction) {
        var told = call.dialling.advertisedAddress().orElse(wire.address().getHostAddress());
        return call.dialling.codecs().isEmpty()
                ? Sdp.foreign(told, call.audio().port())
                : Sdp.of(told, call.audio().port(), call.dialling.codecs(), direction);
    }

    private SipMessage exchange(SipMessage request) {
        var queue = new LinkedBlockingQueue<SipMessage>();
        waiting.put(keyOf(request), queue);
        wire.sendRepeating("> " + keyOf(request), request, edge);
        try {
            var limit = Call.transactionTimeout().toSeconds();
            var answer = queue.poll(limit, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IllegalStateException("no answer to " + request.method());
            }
            return answer;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted", stopped);
        } finally {
            waiting.remove(keyOf(request));
        }
    }

    /** Where an in-dialog request goes: the first route, else the edge. */
    private InetSocketAddress next(Call call) {
        if (call.routes.isEmpty()) {
            return edge;
        }
        var hostPort = SipMessage.uri(call.routes.getFirst()).substring(4).split("[;?]")[0];
        var parts = hostPort.substring(hostPort.indexOf('@') + 1).split(":");
        int port = parts.length > 1 ? Integer.parseInt(parts[1]) : 5060;
        return new InetSocketAddress(parts[0], port);
    }

    private static String keyOf(SipMessage message) {
        return message.callId() + " " + message.sequence() + " " + message.method();
    }
}
