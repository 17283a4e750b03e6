// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.load;

/**
 * A received SIP message, read no further than a load needs: header lines are found by their full
 * names as the platform writes them.
 */
public record Letter(String text, int headersEnd) {

    public static Letter of(String text) {
        int end = text.indexOf("\r\n\r\n");
        return new Letter(text, end < 0 ? text.length() : end);
    }

    public boolean isResponse() {
        return text.startsWith("SIP/2.0 ");
    }

    public int status() {
        return Integer.parseInt(text, 8, 11, 10);
    }

    /** Of a request, or of the request that a response answers. */
    public String method() {
        if (!isResponse()) {
            return text.substring(0, text.indexOf(' '));
        }
        var sequence = header("CSeq");
        return sequence.substring(sequence.indexOf(' ') + 1);
    }

    /** The first header of that name, or empty. */
    public String header(String name) {
        int at = find(name, 0);
        return at < 0 ? "" : line(at);
    }

    /** All headers of a name as they stand, each line ended. */
    public String lines(String name) {
        var lines = new StringBuilder();
        for (int at = find(name, 0); at >= 0; at = find(name, at)) {
            lines.append(name).append(": ").append(line(at)).append("\r\n");
        }
        return lines.toString();
    }

    /** The Record-Route headers as Route headers of the party that called. */
    public String routesOfCaller() {
        var routes = "";
        for (int at = find("Record-Route", 0); at >= 0; at = find("Record-Route", at)) {
            for (var route : line(at).split(",\\s*(?=<)")) {
                routes = "Route: " + route + "\r\n" + routes;
            }
        }
        return routes;
    }

    public String contactUri() {
        var contact = header("Contact");
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    /** The user part of the URI in a header. */
    public String user(String header) {
        var value = header(header);
        int at = value.indexOf("sip:") + 4;
        return value.substring(at, value.indexOf('@', at));
    }

    /** The port of the audio that the body describes, 0 without a body. */
    public int audioPort() {
        int at = text.indexOf("m=audio ", headersEnd);
        return at < 0 ? 0 : Integer.parseInt(text, at + 8, text.indexOf(' ', at + 8), 10);
    }

    private int find(String name, int from) {
        int at = text.indexOf("\r\n" + name + ":", from);
        return at < 0 || at >= headersEnd ? -1 : at + name.length() + 3;
    }

    private String line(int at) {
        return text.substring(at, text.indexOf("\r\n", at)).strip();
    }
}
