// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.message;

/**
 * One Via value.
 *
 * @param raw as it came
 * @param host of sent-by, in lower case
 * @param port of sent-by, 0 when absent
 * @param branch empty when absent
 * @param wantsPort whether it carries rport (RFC 3581)
 */
public record Via(String raw, String host, int port, String branch, boolean wantsPort) {

    /** What every branch of RFC 3261 begins with. */
    public static final String COOKIE = "z9hG4bK";

    /** Reads a value; null when it is malformed. */
    static Via parse(String raw) {
        int at = transportEnd(raw);
        if (at < 0) return null;
        int start = Text.skipBlank(raw, at);
        int end = start;
        while (end < raw.length() && raw.charAt(end) != ';' && !Text.isBlank(raw.charAt(end))) {
            end++;
        }
        var sentBy = UriParser.parse("sip:" + raw.substring(start, end));
        int parameters = Text.next(raw, end, ';');
        if (start == at || sentBy == null || !raw.substring(end, parameters).isBlank()) return null;
        var branch = Text.parameter(raw, parameters, "branch");
        boolean wantsPort = Text.parameter(raw, parameters, "rport") != null;
        if (branch != null && !isBranch(branch)) return null;
        return new Via(raw, sentBy.host(), sentBy.port(), branch == null ? "" : branch, wantsPort);
    }

    /**
     * Where SIP/2.0/UDP, with blanks around the slashes or not, ends; -1 when it is not there. Any
     * version will do, as 505 has to find its way back.
     */
    private static int transportEnd(String raw) {
        int at = 0;
        for (int part = 0; part < 3; part++) {
            at = Text.skipBlank(raw, at);
            int start = at;
            while (at < raw.length() && Text.isTokenChar(raw.charAt(at))) at++;
            if (at == start) return -1;
            if (part == 0 && !raw.regionMatches(true, start, "SIP", 0, at - start)) return -1;
            if (part < 2) {
                at = Text.skipBlank(raw, at);
                if (at == raw.length() || raw.charAt(at++) != '/') return -1;
            }
        }
        return at;
    }

    /** Whether its parameters keep the grammar; an answer finds its way without that. */
    boolean isSound() {
        return Text.areParameters(raw, Text.next(raw, 0, ';'));
    }

    private static boolean isBranch(String branch) {
        return !branch.isEmpty() && branch.length() <= 256 && Text.isPrintable(branch);
    }

    /** Whether the branch alone, with sent-by, names the transaction. */
    public boolean isUnique() {
        return branch.length() > COOKIE.length() && branch.regionMatches(true, 0, COOKIE, 0, 7);
    }

    /** A To-tag for answers of which nothing is kept: the branch is the request's own. */
    public String steadyTag() {
        return "s" + Integer.toHexString(branch.hashCode()) + branch.length();
    }

    /** The value with what we saw of its sender: received and rport (RFC 3261 §18.2.1, 3581). */
    public String stamped(Endpoint source) {
        if (!wantsPort && host.equals(source.host())) return raw;
        int at = Text.next(raw, 0, ';');
        var stamped = new StringBuilder(raw.length() + 40).append(raw, 0, at);
        while (at < raw.length()) {
            int end = Text.next(raw, at + 1, ';');
            int name = Text.skipBlank(raw, at + 1);
            if (!raw.regionMatches(true, name, "received", 0, 8)
                    && !raw.regionMatches(true, name, "rport", 0, 5)) {
                stamped.append(raw, at, end);
            }
            at = end;
        }
        stamped.append(";received=").append(source.host());
        if (wantsPort) stamped.append(";rport=").append(source.port());
        return stamped.toString();
    }

    /** Where responses go: back to the sender's address, to his port or the one he names. */
    public Endpoint replyTo(Endpoint source) {
        if (wantsPort) return source;
        int replyPort = port == 0 ? 5060 : port;
        return replyPort == source.port() ? source : new Endpoint(source.host(), replyPort);
    }
}
