// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Servers that a tenant's flows may ask: "mis.clinic.ru" (by https, at its port), "*.clinic.ru"
 * (all below it), "mis.clinic.ru:8443", "http://mis.local". What a name stands for is another
 * matter, for whoever connects.
 */
public final class AllowedHosts {

    private static final Pattern ENTRY =
            Pattern.compile(
                    "(https?://)?(\\*\\.)?([^:/?#@\\[\\]]+|\\[[0-9a-fA-F:.]+\\])(:\\d{1,5})?");
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*"
                            + "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 =
            Pattern.compile("\\[[0-9a-f:]+(?:\\d+\\.\\d+\\.\\d+\\.\\d+)?\\]");
    private static final int PORT_MAX = 65_535;

    private final List<Entry> entries;

    /** One that may be asked. */
    private record Entry(String scheme, boolean below, String host, int port) {

        private boolean allows(URI uri) {
            var asked = uri.getHost().toLowerCase(Locale.ROOT);
            var is = below ? asked.endsWith("." + host) : asked.equals(host);
            return is && scheme.equals(uri.getScheme()) && port == AllowedHosts.port(uri);
        }
    }

    private AllowedHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /** Entries that make no sense allow nothing. */
    public static AllowedHosts of(List<String> entries) {
        return new AllowedHosts(
                entries.stream().map(AllowedHosts::read).flatMap(Optional::stream).toList());
    }

    /** Whether it can be an entry. */
    public static boolean isEntry(String text) {
        return read(text).isPresent();
    }

    public boolean allows(URI uri) {
        return entries.stream().anyMatch(entry -> entry.allows(uri));
    }

    /** The port that is meant. */
    public static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return usual(uri.getScheme());
    }

    /**
     * Whether it is a name, or an address as all read it alike: none of 0x7f.1, 0177.0.0.1 or
     * 2130706433.
     */
    static boolean isHost(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.length() <= 253
                && (NAME.matcher(lower).matches()
                        || IPV4.matcher(lower).matches()
                        || IPV6.matcher(lower).matches());
    }

    private static Optional<Entry> read(String text) {
        var matcher = ENTRY.matcher(text.strip());
        if (!matcher.matches() || !isHost(matcher.group(3))) {
            return Optional.empty();
        }
        var scheme = "http://".equals(matcher.group(1)) ? "http" : "https";
        var port =
                matcher.group(4) == null
                        ? usual(scheme)
                        : Integer.parseInt(matcher.group(4).substring(1));
        var host = matcher.group(3).toLowerCase(Locale.ROOT);
        return port < 1 || port > PORT_MAX
                ? Optional.empty()
                : Optional.of(new Entry(scheme, matcher.group(2) != null, host, port));
    }

    private static int usual(String scheme) {
        return scheme.equals("http") ? 80 : 443;
    }
}
