// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.dialog;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 1 + 2 + 4 + 8 + 8;

    public DialogState {
        routeSet = List.copyOf(routeSet);
    }

    /** The state in bytes, for a journal. */
    public byte[] toBytes() {
        var parts = new ArrayList<byte[]>();
        var texts = new ArrayList<String>();
        texts.addAll(List.of(leg.value(), callId, localTag, remoteTag, remoteTarget));
        texts.addAll(List.of(local.displayName().orElse(""), local.uri()));
        texts.addAll(List.of(remote.displayName().orElse(""), remote.uri()));
        texts.add(peer.host());
        texts.addAll(routeSet);
        int size = HEADER_BYTES;
        for (var text : texts) {
            var part = text.getBytes(StandardCharsets.UTF_8);
            parts.add(part);
            size += 2 + part.length;
        }
        var bytes = ByteBuffer.allocate(size);
        bytes.put(FORMAT).putShort((short) texts.size()).putInt(peer.port());
        bytes.putLong(localSequence).putLong(remoteSequence);
        for (var part : parts) bytes.putShort((short) part.length).put(part);
        return bytes.array();
    }

    /** Reads what {@link #toBytes} wrote; anything else is an IllegalArgumentException. */
    public static DialogState fromBytes(byte[] encoded) {
        try {
            var bytes = ByteBuffer.wrap(encoded);
            if (bytes.get() != FORMAT) throw new IllegalArgumentException("unknown format");
            int count = Short.toUnsignedInt(bytes.getShort());
            int port = bytes.getInt();
            long localSequence = bytes.getLong();
            long remoteSequence = bytes.getLong();
            var texts = new ArrayList<String>();
            while (texts.size() < count) {
                var part = new byte[Short.toUnsignedInt(bytes.getShort())];
                bytes.get(part);
                texts.add(new String(part, StandardCharsets.UTF_8));
            }
            return new DialogState(
                    new LegId(texts.get(0)),
                    texts.get(1),
                    texts.get(2),
                    texts.get(3),
                    address(texts.get(5), texts.get(6)),
                    address(texts.get(7), texts.get(8)),
                    localSequence,
                    remoteSequence,
                    texts.get(4),
                    texts.subList(10, count),
                    new Endpoint(texts.get(9), port));
        } catch (BufferUnderflowException | IndexOutOfBoundsException broken) {
            throw new IllegalArgumentException("not a dialog state", broken);
        }
    }

    private static NameAddress address(String name, String uri) {
        return new NameAddress(name.isEmpty() ? Optional.empty() : Optional.of(name), uri);
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
