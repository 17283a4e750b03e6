// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.transaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;

/**
 * All transactions of one shard (RFC 3261 §17). Bounded: past the limit nothing new may begin, but
 * a quarter more is kept for what ends calls.
 */
public final class Transactions {

    private final Timing timing;
    private final int limit;
    private final Wire wire;
    private final Deadlines deadlines;
    private final Map<String, Timed> clients = new LinkedHashMap<>();
    private final Map<String, Timed> servers = new LinkedHashMap<>();

    public Transactions(Timing timing, int limit, Wire wire, Deadlines deadlines) {
        this.timing = timing;
        this.limit = limit;
        this.wire = wire;
        this.deadlines = deadlines;
    }

    /** How many there are. */
    public int size() {
        return clients.size() + servers.size();
    }

    /** Whether a call may begin. */
    public boolean hasRoom() {
        return size() < limit;
    }

    /** Whether there is room even for what ends a call. */
    public boolean hasReserve() {
        return size() < limit + limit / 4 + 4;
    }

    /** Sends our INVITE. */
    public InviteClientTransaction invite(
            String branch, byte[] message, Endpoint to, InviteUser user, long now) {
        var transaction = new InviteClientTransaction(this, branch, message, to, user);
        clients.put(branch, transaction);
        transaction.start(now);
        return transaction;
    }

    /** Sends our request other than INVITE, CANCEL and ACK. */
    public void request(String branch, byte[] message, Endpoint to, ClientUser user, long now) {
        start(branch, message, to, user, now);
    }

    /** Sends our CANCEL, which has the branch of its INVITE. */
    public void cancel(String branch, byte[] message, Endpoint to, long now) {
        start(cancelKey(branch), message, to, ClientUser.NOBODY, now);
    }

    private void start(String key, byte[] message, Endpoint to, ClientUser user, long now) {
        var transaction = new ClientTransaction(this, key, message, to, user);
        clients.put(key, transaction);
        transaction.start(now);
    }

    /** Gives a response to its request; false when it belongs to none. */
    public boolean onResponse(Response response, long now) {
        var branch = response.envelope().via().branch();
        boolean cancel = response.envelope().cseq().method().equals("CANCEL");
        var found = clients.get(cancel ? cancelKey(branch) : branch);
        if (found == null) return false;
        boolean invite = response.envelope().cseq().method().equals("INVITE");
        if (found instanceof InviteClientTransaction transaction) {
            if (invite) transaction.on(response, now);
            return invite;
        }
        if (!invite) ((ClientTransaction) found).on(response, now);
        return !invite;
    }

    /** Takes in a request that repeats one, or acknowledges a refusal; false when it is new. */
    public boolean absorbed(Request request, long now) {
        var found = servers.get(serverKey(request));
        if (found instanceof InviteServerTransaction invite) {
            if (request.method().equals("ACK")) return invite.onAck(now);
            invite.onRepeated();
            return true;
        }
        if (found instanceof ServerTransaction other) {
            other.onRepeated();
            return true;
        }
        return false;
    }

    /** The INVITE that a CANCEL is for (RFC 3261 §9.2). */
    public Optional<InviteServerTransaction> cancelledBy(Request cancel) {
        var found = servers.get(branchKey(cancel));
        return found instanceof InviteServerTransaction invite
                ? Optional.of(invite)
                : Optional.empty();
    }

    /** Takes in a new INVITE. */
    public InviteServerTransaction open(Request invite, Endpoint source, String localTag) {
        var key = serverKey(invite);
        var replyTo = invite.envelope().via().replyTo(source);
        var transaction = new InviteServerTransaction(this, key, replyTo, localTag);
        servers.put(key, transaction);
        return transaction;
    }

    /** Answers a new request other than INVITE, for good. */
    public void answer(Request request, Endpoint source, byte[] response, long now) {
        var key = serverKey(request);
        var replyTo = request.envelope().via().replyTo(source);
        var transaction = new ServerTransaction(this, key, response, replyTo);
        servers.put(key, transaction);
        send(response, replyTo);
        wake(transaction, now + timing.timeout());
    }

    /** Lets the INVITE's CANCEL take effect. */
    public void cancel(InviteServerTransaction invite, Request cancel, long now) {
        invite.onCancel(cancel, now);
    }

    private static String cancelKey(String branch) {
        return branch + " CANCEL";
    }

    private static String serverKey(Request request) {
        var key = branchKey(request);
        return switch (request.method()) {
            case "INVITE", "ACK" -> key;
            default -> key + ' ' + request.method();
        };
    }

    /** What an INVITE, its ACK and its CANCEL have in common (RFC 3261 §17.2.3). */
    private static String branchKey(Request request) {
        var via = request.envelope().via();
        if (via.isUnique()) return via.branch() + '@' + via.host() + ':' + via.port();
        // A peer of RFC 2543: no branch to trust, so all that the three have in common.
        var envelope = request.envelope();
        return envelope.callId()
                + ' '
                + envelope.cseq().number()
                + ' '
                + envelope.from().tag()
                + ' '
                + request.uri()
                + ' '
                + via.raw();
    }

    Timing timing() {
        return timing;
    }

    void send(byte[] datagram, Endpoint to) {
        wire.send(datagram, to);
    }

    void wake(Timed transaction, long at) {
        deadlines.set(transaction, at);
    }

    void sleep(Timed transaction) {
        deadlines.clear(transaction);
    }

    void removeClient(String key, Timed transaction) {
        deadlines.clear(transaction);
        clients.remove(key, transaction);
    }

    void removeServer(String key, Timed transaction) {
        deadlines.clear(transaction);
        servers.remove(key, transaction);
    }
}
