// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.admission;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.MessageParser;
import org.panacall.sipingress.core.message.MessageWriter;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.transaction.RequestScreen;

/**
 * Looks at each datagram before it may wait for the core. What belongs to a call passes; an INVITE
 * that would begin one enters while there is room, and is refused on the spot, without a
 * transaction (RFC 3261 §8.2.7), when there is none; the edge's probes never wait behind calls.
 *
 * <p>Owned by the receiver's thread. What was decided on an INVITE is remembered for the last 4,096
 * of them, so that its repeats meet the same answer.
 */
public final class Door {

    private static final int MEMORY = 4_096;
    private static final int RETRY_AFTER_MAX_SECONDS = 5;
    private static final byte[] INVITE = bytes("INVITE ");
    private static final byte[] ACK = bytes("ACK ");
    private static final byte[] OPTIONS = bytes("OPTIONS ");

    private final MessageParser parser = new MessageParser(MessageParser.Limits.STANDARD);
    private final RequestScreen screen;
    private final String product;
    private final LinkedHashMap<String, Boolean> entered = new LinkedHashMap<>();
    private int refusals;

    /** What is to be done with a datagram. */
    public sealed interface Verdict {

        /** The core's business. */
        record Pass() implements Verdict {}

        /** The core's business, and the beginning of a call. */
        record Enter() implements Verdict {}

        /** Refused for want of room: send this. */
        record Refuse(byte[] answer, Endpoint to) implements Verdict {}

        /** A probe: send this while the core is alive. */
        record Live(byte[] answer, Endpoint to) implements Verdict {}

        /** Nothing: it acknowledges a refusal of ours. */
        record Ignore() implements Verdict {}
    }

    /**
     * What the core has told of itself last.
     *
     * @param open whether new calls are taken at all
     * @param places how many of them
     */
    public record Room(boolean open, int places) {}

    /**
     * Makes a door for one receiver.
     *
     * @param product the Server header
     * @param screen what the user agent takes
     */
    public Door(String product, RequestScreen screen) {
        this.product = product;
        this.screen = screen;
    }

    /** Decides about a datagram, whatever it holds. */
    public Verdict judge(byte[] datagram, Endpoint from, Room room) {
        boolean invites = begins(datagram, INVITE);
        boolean probes = begins(datagram, OPTIONS);
        // The ACK of a refusal is of no use to the core; without refusals none is looked for.
        boolean acknowledges = begins(datagram, ACK) && refusals > 0;
        if (!invites && !probes && !acknowledges) return new Verdict.Pass();
        if (!(parser.parse(datagram) instanceof MessageParser.Outcome.Understood(var message)
                && message instanceof Request request)) return new Verdict.Pass();
        if (acknowledges) {
            boolean ours = Boolean.FALSE.equals(entered.get(key(request)));
            return ours ? new Verdict.Ignore() : new Verdict.Pass();
        }
        boolean inDialog = !request.envelope().to().tag().isEmpty();
        if (inDialog || screen.refusalOf(request).isPresent()) return new Verdict.Pass();
        return invites ? invited(request, from, room) : probed(request, from, room.open());
    }

    private Verdict invited(Request invite, Endpoint from, Room room) {
        // Without a dial plan, or draining, the core says so.
        if (!room.open()) return new Verdict.Pass();
        var key = key(invite);
        var known = entered.get(key);
        if (Boolean.TRUE.equals(known)) return new Verdict.Pass();
        boolean enters = known == null && room.places() > 0;
        if (known == null) remember(key, enters);
        return enters ? new Verdict.Enter() : refusal(invite, from);
    }

    private void remember(String key, boolean enters) {
        if (entered.size() == MEMORY && !entered.pollFirstEntry().getValue()) refusals--;
        entered.put(key, enters);
        if (!enters) refusals++;
    }

    private Verdict refusal(Request invite, Endpoint from) {
        var answer = reply(invite, 503, from);
        answer.header(HeaderName.RETRY_AFTER, Integer.toString(retryAfter(invite)));
        return new Verdict.Refuse(answer.bytes(), invite.envelope().via().replyTo(from));
    }

    private Verdict probed(Request options, Endpoint from, boolean open) {
        var answer = reply(options, open ? 200 : 503, from);
        if (open) {
            RequestScreen.capabilities(answer);
        } else {
            answer.header(HeaderName.RETRY_AFTER, Integer.toString(retryAfter(options)));
        }
        return new Verdict.Live(answer.bytes(), options.envelope().via().replyTo(from));
    }

    private MessageWriter reply(Request request, int status, Endpoint from) {
        var tag = request.envelope().via().steadyTag();
        return MessageWriter.reply(request, status, from, tag).header(HeaderName.SERVER, product);
    }

    /** Scattered, so that the refused do not come back at once; the same for the same request. */
    private static int retryAfter(Request request) {
        var id = request.envelope().callId() + request.envelope().via().branch();
        return 1 + Math.floorMod(id.hashCode(), RETRY_AFTER_MAX_SECONDS);
    }

    /** What an INVITE has in common with its repeats and with the ACK of its refusal. */
    private static String key(Request request) {
        var envelope = request.envelope();
        return envelope.via().branch()
                + ' '
                + envelope.callId()
                + ' '
                + envelope.from().tag()
                + ' '
                + envelope.cseq().number();
    }

    private static boolean begins(byte[] datagram, byte[] word) {
        if (datagram.length < word.length) return false;
        for (int i = 0; i < word.length; i++) {
            if (datagram[i] != word[i]) return false;
        }
        return true;
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
