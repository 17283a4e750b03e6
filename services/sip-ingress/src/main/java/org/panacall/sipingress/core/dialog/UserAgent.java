// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.panacall.sipingress.core.adoption.Farewell;
import org.panacall.sipingress.core.adoption.Orphans;
import org.panacall.sipingress.core.dialog.UserAgentOutput.CommandRefused;
import org.panacall.sipingress.core.dialog.UserAgentOutput.Dropped;
import org.panacall.sipingress.core.dialog.UserAgentOutput.Malformed;
import org.panacall.sipingress.core.dialog.UserAgentOutput.Refusal;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.MessageParser;
import org.panacall.sipingress.core.message.MessageParser.Outcome;
import org.panacall.sipingress.core.message.MessageWriter;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;
import org.panacall.sipingress.core.transaction.RequestScreen;

/**
 * The SIP user agent of one shard: transactions and dialogs, but no idea of a call.
 *
 * <p>Owned by a single thread. Same ids, commands and times in, same outputs out: no clock,
 * randomness or I/O in here. Deadlines are state: call {@link #tick} when {@link #nextDeadline} has
 * come.
 */
public final class UserAgent {

    /** Left free above the last known number, as the last request may not have been journaled. */
    private static final int SEQUENCE_GAP = 100;

    private final Shard shard;
    private final MessageParser parser = new MessageParser(MessageParser.Limits.STANDARD);
    private final RequestScreen screen;
    private final Orphans orphans;
    private boolean draining;

    public UserAgent(UserAgentSettings settings, IdSource ids) {
        shard = new Shard(settings, ids);
        orphans = new Orphans(settings.instance());
        screen = new RequestScreen(settings.infoTypes());
    }

    /**
     * Carries out a command, or takes in a datagram; the outputs are in the order they happened.
     */
    public List<UserAgentOutput> handle(UserAgentCommand command, Instant now) {
        long ms = now.toEpochMilli();
        // First what is due, so that an answer after its deadline loses even if the tick is late.
        shard.deadlines.run(ms);
        decide(command, ms);
        return shard.drain();
    }

    /** Lets deadlines that have passed take effect: retransmissions, timeouts. */
    public List<UserAgentOutput> tick(Instant now) {
        shard.deadlines.run(now.toEpochMilli());
        return shard.drain();
    }

    /** When the next {@link #tick} is due; empty when nothing is pending. */
    public Optional<Instant> nextDeadline() {
        OptionalLong next = shard.deadlines.next();
        return next.isPresent()
                ? Optional.of(Instant.ofEpochMilli(next.getAsLong()))
                : Optional.empty();
    }

    /** The state of an answered dialog, for the journal; empty when the leg is not answered. */
    public Optional<DialogState> export(LegId leg) {
        return shard.leg(leg).flatMap(UserAgentLeg::state);
    }

    /** What another process would end the leg's INVITE with; empty once it is answered. */
    public Optional<Farewell> farewell(LegId leg) {
        return shard.leg(leg).flatMap(UserAgentLeg::farewell);
    }

    /**
     * Takes over an answered dialog that a peer had; refused when the leg is known here already.
     */
    public boolean adopt(DialogState state) {
        boolean known =
                shard.leg(state.leg()).isPresent()
                        || shard.legOf(state.callId(), state.localTag()).isPresent();
        if (known || !shard.hasRoom()) return false;
        UserAgentLeg.adopted(shard, state.skipping(SEQUENCE_GAP));
        return true;
    }

    /** Legs at present, for metrics. */
    public int legs() {
        return shard.legs();
    }

    /** Transactions at present, for metrics. */
    public int transactions() {
        return shard.transactions.size();
    }

    private void decide(UserAgentCommand command, long now) {
        switch (command) {
            case UserAgentCommand.Received c -> receive(c.datagram(), c.from(), now);
            case UserAgentCommand.Invite c -> invite(c.leg(), c.request(), now);
            case UserAgentCommand.Ring c -> on(c.leg(), leg -> leg.ring(c.status(), c.sdp(), now));
            case UserAgentCommand.Accept c -> on(c.leg(), leg -> leg.accept(c.sdp(), now));
            case UserAgentCommand.Reject c -> on(c.leg(), leg -> leg.reject(c, now));
            case UserAgentCommand.Cancel c -> on(c.leg(), leg -> leg.hangUp(c.reason(), now));
            case UserAgentCommand.Bye c -> on(c.leg(), leg -> leg.hangUp(c.reason(), now));
            case UserAgentCommand.Reinvite c ->
                    on(c.leg(), leg -> leg.renegotiation().want(c.sdp(), now));
            case UserAgentCommand.AcceptReinvite c ->
                    on(c.leg(), leg -> leg.renegotiation().accept(c.sdp(), now));
            case UserAgentCommand.RejectReinvite c ->
                    on(c.leg(), leg -> leg.renegotiation().reject(c.status(), now));
            case UserAgentCommand.Acknowledge c ->
                    on(c.leg(), leg -> leg.acknowledge(c.sdp(), now));
            case UserAgentCommand.Inform c ->
                    on(c.leg(), leg -> leg.info(c.contentType(), c.body(), now));
            case UserAgentCommand.SayFarewell(var farewell) -> say(farewell, now);
            case UserAgentCommand.Drain(boolean isOn) -> draining = isOn;
        }
    }

    private void on(LegId id, Predicate<UserAgentLeg> action) {
        var leg = shard.leg(id);
        if (leg.isEmpty()) {
            shard.emit(new CommandRefused(id, Refusal.UNKNOWN_LEG));
        } else if (!action.test(leg.get())) {
            shard.emit(new CommandRefused(id, Refusal.WRONG_STATE));
        }
    }

    private void say(Farewell farewell, long now) {
        if (farewell.branch().isEmpty()) {
            shard.send(farewell.message(), farewell.to());
        } else {
            shard.transactions.cancel(farewell.branch(), farewell.message(), farewell.to(), now);
        }
    }

    private void invite(LegId id, InviteRequest request, long now) {
        if (shard.leg(id).isPresent()) {
            shard.emit(new CommandRefused(id, Refusal.LEG_EXISTS));
        } else if (!shard.hasRoom()) {
            shard.emit(new UserAgentOutput.Rejected(id, 503, "No room", Optional.empty()));
            shard.emit(new UserAgentOutput.Ended(id));
        } else {
            UserAgentLeg.call(shard, id, request, now);
        }
    }

    private void receive(byte[] datagram, Endpoint from, long now) {
        switch (parser.parse(datagram)) {
            case Outcome.Understood(Request request) -> receive(request, from, now);
            case Outcome.Understood(Response response) -> {
                if (!shard.transactions.onResponse(response, now)) stray(response, from);
            }
            case Outcome.Refused flawed -> {
                var refusal = MessageWriter.refusal(flawed, from, Shard.steadyTag(flawed.via()));
                shard.send(refusal, flawed.via().replyTo(from));
                shard.emit(new Malformed(from, flawed.phrase()));
            }
            case Outcome.Unusable(var what) -> shard.emit(new Malformed(from, what));
            case Outcome.KeepAlive() -> {}
        }
    }

    private void stray(Response response, Endpoint from) {
        var envelope = response.envelope();
        var leg = shard.legOf(envelope.callId(), envelope.from().tag());
        if (leg.filter(known -> known.onStray(response)).isEmpty()) drop(from, "stray-response");
    }

    private void receive(Request request, Endpoint from, long now) {
        if (shard.transactions.absorbed(request, now)) return;
        switch (request.method()) {
            case "ACK" -> acknowledge(request, from, now);
            case "CANCEL" -> cancel(request, from, now);
            default -> admit(request, from, now);
        }
    }

    private void acknowledge(Request ack, Endpoint from, long now) {
        var leg = legOf(ack);
        if (leg.isEmpty()) {
            drop(from, "stray-ack");
        } else {
            leg.get().onAck(ack, now);
        }
    }

    private void cancel(Request cancel, Endpoint from, long now) {
        var invite = shard.transactions.cancelledBy(cancel);
        if (invite.isEmpty()) {
            shard.refuse(cancel, from, 481);
            return;
        }
        var reply = shard.reply(cancel, 200, from, invite.get().localTag()).bytes();
        shard.send(reply, cancel.envelope().via().replyTo(from));
        shard.transactions.cancel(invite.get(), cancel, now);
    }

    private void admit(Request request, Endpoint from, long now) {
        var verdict = screen.refusalOf(request);
        if (verdict.isPresent()) {
            shard.refuse(request, from, verdict.get().status(), verdict.get().headers());
        } else if (!shard.transactions.hasReserve()) {
            shard.refuseForNow(request, from);
            drop(from, "no-room");
        } else if (request.envelope().to().tag().isEmpty()) {
            begin(request, from, now);
        } else {
            var leg = legOf(request);
            if (leg.isPresent()) {
                leg.get().onRequest(request, from, now);
            } else if (orphans.mayBecomeOurs(request.uri(), now)) {
                drop(from, "orphan");
            } else {
                shard.refuse(request, from, 481);
            }
        }
    }

    private Optional<UserAgentLeg> legOf(Request request) {
        var envelope = request.envelope();
        return shard.legOf(envelope.callId(), envelope.to().tag())
                .filter(leg -> leg.isSpokenBy(envelope.from().tag()));
    }

    /** Takes in a request outside any dialog. */
    private void begin(Request request, Endpoint from, long now) {
        switch (request.method()) {
            case "INVITE" -> invited(request, from, now);
            case "OPTIONS" -> {
                if (draining) {
                    shard.refuseForNow(request, from);
                } else {
                    var reply = shard.capabilities(request, from, Shard.steadyTag(request));
                    shard.send(reply, request.envelope().via().replyTo(from));
                }
            }
            default -> shard.refuse(request, from, 481);
        }
    }

    private void invited(Request invite, Endpoint from, long now) {
        if (shard.isLooped(invite)) {
            shard.refuse(invite, from, 482);
        } else if (Dialog.contact(invite.headers()).isEmpty()) {
            var why = new HeaderField("Warning", "399 panacall \"Contact missing or malformed\"");
            shard.refuse(invite, from, 400, List.of(why));
        } else if (draining || !shard.hasRoom()) {
            shard.refuseForNow(invite, from);
            drop(from, draining ? "draining" : "no-room");
        } else {
            UserAgentLeg.invited(shard, invite, from, now);
        }
    }

    private void drop(Endpoint from, String what) {
        shard.emit(new Dropped(from, what));
    }
}
