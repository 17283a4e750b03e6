// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderField;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.MessageWriter;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.Via;
import org.panacall.sipingress.core.transaction.ClientUser;
import org.panacall.sipingress.core.transaction.Deadlines;
import org.panacall.sipingress.core.transaction.RequestScreen;
import org.panacall.sipingress.core.transaction.Timing;
import org.panacall.sipingress.core.transaction.Transactions;

/** What all legs of one user agent share: its tables, its deadlines, and what it wants done. */
final class Shard {

    final UserAgentSettings settings;
    final IdSource ids;
    final String contact;
    final Deadlines deadlines = new Deadlines();
    final Transactions transactions;
    final Timing timing;
    private final Map<LegId, UserAgentLeg> legs = new LinkedHashMap<>();
    private final Map<String, UserAgentLeg> dialogs = new LinkedHashMap<>();
    private final Map<String, UserAgentLeg> invitations = new LinkedHashMap<>();
    private List<UserAgentOutput> outputs = new ArrayList<>();

    Shard(UserAgentSettings settings, IdSource ids) {
        this.settings = settings;
        this.ids = ids;
        contact =
                "<sip:"
                        + MessageWriter.authority(settings.contact())
                        + ";pi="
                        + settings.instance()
                        + '>';
        var timers = settings.timers();
        timing = new Timing(timers.t1().toMillis(), timers.t2().toMillis(), timers.t4().toMillis());
        transactions =
                new Transactions(timing, settings.bounds().transactions(), this::send, deadlines);
    }

    void emit(UserAgentOutput output) {
        outputs.add(output);
    }

    void send(byte[] datagram, Endpoint to) {
        outputs.add(new UserAgentOutput.Send(datagram, to));
    }

    /** What has been emitted since the last time. */
    List<UserAgentOutput> drain() {
        if (outputs.isEmpty()) return List.of();
        var drained = outputs;
        outputs = new ArrayList<>();
        return drained;
    }

    String newBranch() {
        return Via.COOKIE + ids.branch();
    }

    /** Sends a request in a dialog; the last argument ends the message. */
    void request(
            Dialog dialog,
            String method,
            ClientUser user,
            long now,
            Function<MessageWriter, byte[]> ending) {
        var branch = newBranch();
        var writer = dialog.request(settings.sentBy(), method, dialog.nextSequence(), branch);
        transactions.request(branch, ending.apply(writer), dialog.destination(), user, now);
    }

    /** A response, up to what all of ours have. */
    MessageWriter reply(Request request, int status, Endpoint source, String tag) {
        return MessageWriter.reply(request, status, source, tag)
                .header(HeaderName.SERVER, settings.product());
    }

    /** The response to OPTIONS: what an INVITE would find (RFC 3261 §11.2). */
    byte[] capabilities(Request request, Endpoint source, String tag) {
        return RequestScreen.capabilities(reply(request, 200, source, tag)).bytes();
    }

    int legs() {
        return legs.size();
    }

    boolean hasRoom() {
        return legs.size() < settings.bounds().legs() && transactions.hasRoom();
    }

    Optional<UserAgentLeg> leg(LegId id) {
        return Optional.ofNullable(legs.get(id));
    }

    /** The leg whose dialog has this Call-ID and local tag. */
    Optional<UserAgentLeg> legOf(String callId, String localTag) {
        return Optional.ofNullable(dialogs.get(dialogKey(callId, localTag)));
    }

    /** Whether an INVITE is one that we have from another way, or sent out ourselves. */
    boolean isLooped(Request invite) {
        return invitations.containsKey(invitationKey(invite))
                || legOf(invite.envelope().callId(), invite.envelope().from().tag()).isPresent();
    }

    void add(UserAgentLeg leg) {
        legs.put(leg.id, leg);
        dialogs.put(dialogKey(leg.callId, leg.localTag), leg);
        leg.invitationKey.ifPresent(key -> invitations.put(key, leg));
    }

    void remove(UserAgentLeg leg) {
        legs.remove(leg.id, leg);
        dialogs.remove(dialogKey(leg.callId, leg.localTag), leg);
        leg.invitationKey.ifPresent(key -> invitations.remove(key, leg));
    }

    private static String dialogKey(String callId, String localTag) {
        return callId + ' ' + localTag;
    }

    /** What an INVITE has in common with copies of it that took another way (§8.2.2.2). */
    static String invitationKey(Request invite) {
        var envelope = invite.envelope();
        return envelope.callId() + ' ' + envelope.from().tag() + ' ' + envelope.cseq().number();
    }

    /**
     * Answers for good without keeping anything (RFC 3261 §8.2.7): the same request gets the same
     * answer again, so the tag is made of the request.
     */
    void refuse(Request request, Endpoint source, int status, List<HeaderField> headers) {
        var writer = reply(request, status, source, steadyTag(request));
        headers.forEach(writer::header);
        send(writer.bytes(), request.envelope().via().replyTo(source));
    }

    void refuse(Request request, Endpoint source, int status) {
        refuse(request, source, status, List.of());
    }

    /** 503 with the time after which it may be tried again. */
    void refuseForNow(Request request, Endpoint source) {
        long seconds = settings.bounds().retryAfter().toSeconds();
        refuse(request, source, 503, List.of(retryAfter(seconds)));
    }

    static HeaderField retryAfter(long seconds) {
        return new HeaderField(HeaderName.RETRY_AFTER, Long.toString(seconds));
    }

    static String steadyTag(Request request) {
        return steadyTag(request.envelope().via());
    }

    static String steadyTag(Via via) {
        return via.steadyTag();
    }
}
