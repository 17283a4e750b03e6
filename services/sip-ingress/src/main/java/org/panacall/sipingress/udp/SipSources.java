// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.udp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may send us SIP: the edges, and nobody else, for what an edge says of a caller is believed.
 * Ports are not looked at.
 */
public final class SipSources {

    private final List<Block> blocks;

    /** Addresses whose first bits are the same. */
    private record Block(byte[] address, int bits) {

        boolean holds(byte[] other) {
            if (other.length != address.length) return false;
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (other[i] != address[i]) return false;
            }
            int differing = bits % 8 == 0 ? 0 : (other[whole] ^ address[whole]) & 0xff;
            return differing >> (8 - bits % 8) == 0;
        }
    }

    private SipSources(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /**
     * Reads "10.0.0.0/8,192.168.1.7,edge": blocks, addresses and names, which are looked up once.
     *
     * @throws IllegalArgumentException when it names nobody or cannot be read
     */
    public static SipSources of(String list) {
        var blocks = new ArrayList<Block>();
        for (var item : list.split(",")) {
            if (!item.isBlank()) blocks.addAll(blocks(item.strip()));
        }
        if (blocks.isEmpty()) throw new IllegalArgumentException("no source of SIP is named");
        return new SipSources(blocks);
    }

    private static List<Block> blocks(String item) {
        int slash = item.indexOf('/');
        if (slash >= 0) {
            var address = InetAddress.ofLiteral(item.substring(0, slash)).getAddress();
            int bits = Integer.parseInt(item.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("no such block: " + item);
            }
            return List.of(new Block(address, bits));
        }
        try {
            var blocks = new ArrayList<Block>();
            for (var found : InetAddress.getAllByName(item)) {
                blocks.add(new Block(found.getAddress(), found.getAddress().length * 8));
            }
            return blocks;
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("no such source of SIP: " + item, unknown);
        }
    }

    boolean hold(InetAddress sender) {
        var address = sender.getAddress();
        for (var block : blocks) {
            if (block.holds(address)) return true;
        }
        return false;
    }
}
