// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.panacall.launcher.plan.PortClaim;
import org.panacall.launcher.plan.PortClaim.Protocol;

/** Tells which process stands on a port, as well as this user may see. */
public final class PortOwners {

    /** Columns of /proc/net/tcp and udp: local address, state, inode. */
    private static final int LOCAL = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENING = "0A";

    private PortOwners() {}

    /** Such as {@code "kamailio (pid 812)"}, or words that say that it cannot be told. */
    public static String describe(PortClaim claim) {
        var holders = ProcessTable.holders(inodes(claim));
        return holders.isEmpty()
                ? "a process that only root can name (sudo ss -lnptu 'sport = :%d')"
                        .formatted(claim.port())
                : holders.stream().map(PortOwners::name).collect(Collectors.joining(", "));
    }

    private static String name(ProcessHandle process) {
        var command = process.info().command().map(path -> Path.of(path).getFileName().toString());
        return command.orElse("a process") + " (pid " + process.pid() + ")";
    }

    private static List<String> inodes(PortClaim claim) {
        var base = claim.protocol().name().toLowerCase(Locale.ROOT);
        var port = ":%04X".formatted(claim.port());
        var inodes = new ArrayList<String>();
        for (var table : List.of(base, base + "6")) {
            try (var lines = Files.lines(Path.of("/proc/net", table))) {
                lines.map(line -> line.strip().split("\\s+"))
                        .filter(row -> row.length > INODE && row[LOCAL].endsWith(port))
                        .filter(row -> claim.protocol() == Protocol.UDP || isListening(row))
                        .forEach(row -> inodes.add(row[INODE]));
            } catch (IOException noSuchFamily) {
                // A machine without IPv6 has no such table, and nobody on it either.
                continue;
            }
        }
        return inodes;
    }

    private static boolean isListening(String[] row) {
        return row[STATE].equals(LISTENING);
    }
}
