// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.HeaderName;
import org.panacall.sipingress.core.message.Headers;
import org.panacall.sipingress.core.message.MessageWriter;
import org.panacall.sipingress.core.message.NameAddress;
import org.panacall.sipingress.core.message.Party;
import org.panacall.sipingress.core.message.SipMessage.Request;
import org.panacall.sipingress.core.message.SipMessage.Response;
import org.panacall.sipingress.core.message.SipUri;

/**
 * The relation between two user agents (RFC 3261 §12): who they are to each other, the next numbers
 * and the way. Before an answer to our INVITE it has no remote tag and no route.
 */
final class Dialog {

    private static final int ROUTES_MAX = 32;
    private static final String HOPS = "70";

    final String callId;
    final String localTag;
    final String remoteTag;
    final NameAddress local;
    final NameAddress remote;
    final List<String> routeSet;
    final Endpoint peer;
    private String remoteTarget;
    private long localSequence;
    private long remoteSequence;

    Dialog(DialogState state) {
        callId = state.callId();
        localTag = state.localTag();
        remoteTag = state.remoteTag();
        local = state.local();
        remote = state.remote();
        routeSet = state.routeSet();
        peer = state.peer();
        remoteTarget = state.remoteTarget();
        localSequence = state.localSequence();
        remoteSequence = state.remoteSequence();
    }

    /** The dialog that our INVITE may lead to. */
    static Dialog begun(InviteRequest request, String callId, String localTag) {
        return new Dialog(
                new DialogState(
                        new LegId("none"),
                        callId,
                        localTag,
                        "",
                        request.from(),
                        request.to(),
                        0,
                        -1,
                        request.requestUri(),
                        List.of(),
                        request.destination()));
    }

    /** The dialog that their INVITE may lead to (RFC 3261 §12.1.1). */
    static Dialog of(Request invite, Endpoint source, String localTag) {
        var envelope = invite.envelope();
        return new Dialog(
                new DialogState(
                        new LegId("none"),
                        envelope.callId(),
                        localTag,
                        envelope.from().tag(),
                        envelope.to().address(),
                        envelope.from().address(),
                        0,
                        envelope.cseq().number(),
                        contact(invite.headers()).orElse(envelope.from().address().uri()),
                        routes(invite.headers()),
                        source));
    }

    /** The dialog that a 2xx to our INVITE makes of this one (RFC 3261 §12.1.2). */
    Dialog answeredBy(Response response) {
        var routes = new ArrayList<>(routes(response.headers()));
        Collections.reverse(routes);
        return new Dialog(
                new DialogState(
                        new LegId("none"),
                        callId,
                        localTag,
                        response.envelope().to().tag(),
                        local,
                        remote,
                        localSequence,
                        -1,
                        contact(response.headers()).orElse(remoteTarget),
                        routes,
                        peer));
    }

    private static List<String> routes(Headers headers) {
        var all = headers.values(HeaderName.RECORD_ROUTE);
        return all.size() <= ROUTES_MAX ? all : all.subList(0, ROUTES_MAX);
    }

    /** The URI of the first Contact, if it is one that requests can be sent to. */
    static Optional<String> contact(Headers headers) {
        var contacts = headers.values(HeaderName.CONTACT);
        if (contacts.isEmpty()) return Optional.empty();
        return Party.parse(contacts.getFirst())
                .map(party -> party.address().uri())
                .filter(uri -> SipUri.parse(uri).filter(at -> !at.host().isEmpty()).isPresent());
    }

    /** Whether routes are the old way, where the next hop takes the place of the request URI. */
    private boolean isStrictlyRouted() {
        if (routeSet.isEmpty()) return false;
        return SipUri.parse(routeUri()).filter(uri -> uri.hasParameter("lr")).isEmpty();
    }

    /** The URI of the first route. */
    private String routeUri() {
        var first = routeSet.getFirst();
        return Party.parse(first).map(party -> party.address().uri()).orElse(remoteTarget);
    }

    /**
     * Where requests in this dialog are sent: by route, else by target, else where it came from.
     */
    Endpoint destination() {
        var next = routeSet.isEmpty() ? remoteTarget : routeUri();
        return SipUri.parse(next).flatMap(SipUri::endpoint).orElse(peer);
    }

    /** Takes in the Contact of a re-INVITE or its answer (RFC 3261 §12.2). */
    void refreshTarget(Headers headers) {
        contact(headers).ifPresent(uri -> remoteTarget = uri);
    }

    long nextSequence() {
        return ++localSequence;
    }

    /** Whether a request is newer than all before; if so, it counts. */
    boolean isNext(long sequence) {
        if (remoteSequence >= 0 && sequence <= remoteSequence) return false;
        remoteSequence = sequence;
        return true;
    }

    DialogState state(LegId leg) {
        return new DialogState(
                leg,
                callId,
                localTag,
                remoteTag,
                local,
                remote,
                localSequence,
                remoteSequence,
                remoteTarget,
                routeSet,
                peer);
    }

    /** A request in this dialog, up to CSeq (RFC 3261 §12.2.1.1). */
    MessageWriter request(Endpoint sentBy, String method, long sequence, String branch) {
        return heading(sentBy, method, branch)
                .party(HeaderName.TO, remote, remoteTag)
                .header(HeaderName.CALL_ID, callId)
                .cseq(sequence, method);
    }

    /** The ACK of a refusal: the INVITE's branch, the response's To (RFC 3261 §17.1.1.3). */
    byte[] refusalAck(Endpoint sentBy, long sequence, String branch, Response refusal) {
        return heading(sentBy, "ACK", branch)
                .header(HeaderName.TO, refusal.envelope().to().raw())
                .header(HeaderName.CALL_ID, callId)
                .cseq(sequence, "ACK")
                .bytes();
    }

    private MessageWriter heading(Endpoint sentBy, String method, String branch) {
        boolean strict = isStrictlyRouted();
        var writer =
                MessageWriter.request(method, strict ? routeUri() : remoteTarget)
                        .via(sentBy, branch)
                        .header(HeaderName.MAX_FORWARDS, HOPS);
        for (int i = strict ? 1 : 0; i < routeSet.size(); i++) {
            writer.header(HeaderName.ROUTE, routeSet.get(i));
        }
        if (strict) writer.header(HeaderName.ROUTE, '<' + remoteTarget + '>');
        return writer.party(HeaderName.FROM, local, localTag);
    }
}
