// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one SDP body line by line. For one use. */
final class SdpReader {

    private static final int LENGTH_MAX = 8_192;
    private static final int LINES_MAX = 256;
    private static final int STREAMS_MAX = 16;
    private static final int FORMATS_MAX = 64;
    private static final String KNOWN_LINES = "vosiuepcbtrzkam";
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");
    private static final Pattern IP4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(\\.(?!$)|$)){4}");
    private static final Pattern IP6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`{|}~/-]{1,64}");
    private static final Pattern STREAM =
            Pattern.compile("([a-z]{1,16}) ([0-9]{1,5})(?:/[0-9]{1,2})? ([A-Z/]{1,32}) (.+)");

    private final List<SdpStream> streams = new ArrayList<>();
    private String seen = "";
    private Optional<String> address = Optional.empty();
    private MediaDirection direction = MediaDirection.SENDRECV;
    private Draft draft;

    /** A stream whose lines are still coming. */
    private static final class Draft {
        String kind;
        int port;
        String protocol;
        List<String> formats;
        Optional<String> address;
        MediaDirection direction;
        final List<SdpAttribute> attributes = new ArrayList<>();
    }

    Optional<Sdp> read(String body) {
        if (body.length() > LENGTH_MAX) return Optional.empty();
        var lines = LINE_END.split(body);
        if (lines.length > LINES_MAX) return Optional.empty();
        for (var line : lines) {
            if (!isLine(line) || !take(line.charAt(0), line.substring(2))) return Optional.empty();
        }
        finishStream();
        boolean whole = seen.startsWith("vos") && seen.indexOf('t') > 0 && !streams.isEmpty();
        return whole ? Optional.of(new Sdp(streams)) : Optional.empty();
    }

    private static boolean isLine(String line) {
        return line.length() >= 2
                && line.charAt(1) == '='
                && KNOWN_LINES.indexOf(line.charAt(0)) >= 0
                && line.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    private boolean take(char type, String value) {
        if (draft == null) seen += type;
        return switch (type) {
            case 'v' -> value.equals("0");
            case 'o' -> isOrigin(value);
            case 'c' -> takeConnection(value);
            case 'a' -> takeAttribute(value);
            case 'm' -> takeStream(value);
            default -> true;
        };
    }

    private static boolean isOrigin(String value) {
        var parts = value.split(" ");
        return parts.length == 6
                && NUMBER.matcher(parts[1]).matches()
                && NUMBER.matcher(parts[2]).matches()
                && parts[3].equals("IN");
    }

    private boolean takeConnection(String value) {
        var parts = value.split(" ");
        if (parts.length != 3 || !parts[0].equals("IN")) return false;
        boolean numeric =
                switch (parts[1]) {
                    case "IP4" -> IP4.matcher(parts[2]).matches();
                    case "IP6" -> IP6.matcher(parts[2]).matches() && parts[2].indexOf(':') >= 0;
                    default -> false;
                };
        if (!numeric) return false;
        if (draft == null) {
            address = Optional.of(parts[2]);
        } else {
            draft.address = Optional.of(parts[2]);
        }
        return true;
    }

    private boolean takeAttribute(String value) {
        int colon = value.indexOf(':');
        var name = colon < 0 ? value : value.substring(0, colon);
        if (!TOKEN.matcher(name).matches()) return false;
        var way = MediaDirection.ofAttribute(name);
        if (draft == null) {
            direction = way.orElse(direction);
        } else {
            draft.direction = way.orElse(draft.direction);
            draft.attributes.add(
                    new SdpAttribute(name, colon < 0 ? "" : value.substring(colon + 1)));
        }
        return true;
    }

    private boolean takeStream(String value) {
        finishStream();
        var parts = STREAM.matcher(value);
        if (streams.size() == STREAMS_MAX || !parts.matches()) return false;
        var formats = List.of(parts.group(4).strip().split(" +"));
        int port = Integer.parseInt(parts.group(2));
        if (port > 65_535 || formats.size() > FORMATS_MAX) return false;
        if (!formats.stream().allMatch(format -> TOKEN.matcher(format).matches())) return false;
        draft = new Draft();
        draft.kind = parts.group(1);
        draft.port = port;
        draft.protocol = parts.group(3);
        draft.formats = formats;
        draft.address = address;
        draft.direction = direction;
        return true;
    }

    private void finishStream() {
        if (draft == null) return;
        streams.add(
                new SdpStream(
                        draft.kind,
                        draft.port,
                        draft.protocol,
                        draft.formats,
                        draft.address,
                        draft.direction,
                        draft.attributes));
        draft = null;
    }
}
