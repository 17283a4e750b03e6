// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.sipingress.core.message.Endpoint;
import org.panacall.sipingress.core.message.NameAddress;

/**
 * All that a peer needs to go on with an answered dialog (RFC 3261 §12).
 *
 * @param remoteSequence -1 while the other side has sent no request
 * @param remoteTarget the URI of their last Contact
 * @param routeSet in the order of our requests; whole Route values
 * @param peer where our requests go when neither route nor target is an IP literal
 */
public record DialogState(
        LegId leg,
        String callId,
        String localTag,
        String remoteTag,
        NameAddress local,
        NameAddress remote,
        long localSequence,
        long remoteSequence,
        String remoteTarget,
        List<String> routeSet,
        Endpoint peer) {

    private static final int FORMAT = 1;

    public DialogState {
        routeSet = List.copyOf(routeSet);
    }

    /** The state in bytes, for a journal. */
    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream(512);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            for (var text : List.of(leg.value(), callId, localTag, remoteTag, remoteTarget)) {
                out.writeUTF(text);
            }
            write(out, local);
            write(out, remote);
            out.writeLong(localSequence);
            out.writeLong(remoteSequence);
            out.writeShort(routeSet.size());
            for (var route : routeSet) out.writeUTF(route);
            out.writeUTF(peer.host());
            out.writeInt(peer.port());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes} wrote; anything else is an IllegalArgumentException. */
    public static DialogState fromBytes(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) throw new IllegalArgumentException("unknown format");
            var leg = new LegId(in.readUTF());
            var callId = in.readUTF();
            var localTag = in.readUTF();
            var remoteTag = in.readUTF();
            var target = in.readUTF();
            var local = readAddress(in);
            var remote = readAddress(in);
            long localSequence = in.readLong();
            long remoteSequence = in.readLong();
            var routes = new ArrayList<String>();
            for (int left = in.readUnsignedShort(); left > 0; left--) routes.add(in.readUTF());
            var peer = new Endpoint(in.readUTF(), in.readInt());
            return new DialogState(
                    leg,
                    callId,
                    localTag,
                    remoteTag,
                    local,
                    remote,
                    localSequence,
                    remoteSequence,
                    target,
                    routes,
                    peer);
        } catch (IOException broken) {
            throw new IllegalArgumentException("not a dialog state", broken);
        }
    }

    private static void write(DataOutputStream out, NameAddress address) throws IOException {
        out.writeUTF(address.displayName().orElse(""));
        out.writeUTF(address.uri());
    }

    private static NameAddress readAddress(DataInputStream in) throws IOException {
        var name = in.readUTF();
        return new NameAddress(name.isEmpty() ? Optional.empty() : Optional.of(name), in.readUTF());
    }

    /** The same with some of our own numbers left out. */
    DialogState skipping(int numbers) {
        return new DialogState(
                leg,
                callId,
                localTag,
                remoteTag,
                local,
                remote,
                localSequence + numbers,
                remoteSequence,
                remoteTarget,
                routeSet,
                peer);
    }
}
