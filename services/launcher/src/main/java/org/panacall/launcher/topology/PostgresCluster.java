// SPDX-License-Identifier: Apache-2.0
package org.panacall.launcher.topology;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.panacall.launcher.plan.Passable;
import org.panacall.launcher.plan.PlatformSettings;
import org.panacall.launcher.plan.PortClaim;
import org.panacall.launcher.plan.ProcessPlan;
import org.panacall.launcher.plan.ProcessPlan.Invocation;
import org.panacall.launcher.plan.ProcessPlan.Signals;
import org.panacall.launcher.plan.Readiness;

/**
 * Our own PostgreSQL: binaries from the jar that Maven brought, one data directory with the
 * database {@code panacall}, listening on 127.0.0.1 only. It refuses to run as root, so under root
 * it runs, and owns its files, as nobody.
 */
final class PostgresCluster {

    static final String NAME = "postgres";
    static final String USER = "panacall";
    static final String DATABASE = "panacall";

    /** Where the cluster lives when nobody cannot reach the run directory, as below /root. */
    private static final Path ELSEWHERE = Path.of("/var/lib/panacall");

    private final Path home;
    private final int port;
    private final String password;

    private PostgresCluster(Path home, int port, String password) {
        this.home = home;
        this.port = port;
        this.password = password;
    }

    /** Unpacks the binaries and makes the data directory where they are not there yet. */
    static PostgresCluster prepare(PlatformSettings settings, String password) throws IOException {
        var home = home(settings.runDirectory().resolve(NAME));
        var cluster = new PostgresCluster(home, settings.ports().postgres(), password);
        if (Files.notExists(cluster.program(NAME))) {
            cluster.unpack();
        }
        if (Files.notExists(cluster.data().resolve("PG_VERSION"))) {
            cluster.initialise();
        }
        return cluster;
    }

    ProcessPlan plan() throws IOException {
        var command =
                List.of(
                        program(NAME).toString(),
                        "-D",
                        data().toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=200",
                        // Rows and statements hold people's numbers: not in a log.
                        "-c",
                        "log_error_verbosity=terse",
                        "-c",
                        "log_min_error_statement=panic");
        return new ProcessPlan(
                NAME,
                new Invocation(
                        Unprivileged.prefix(),
                        command,
                        Map.of("LC_ALL", "C.UTF-8"),
                        home,
                        Signals.POSTGRES),
                List.of(PortClaim.tcp(port)),
                new Readiness.Postgres(port),
                Set.of());
    }

    private static Path home(Path wanted) throws IOException {
        if (Files.exists(wanted)) {
            return wanted.toRealPath();
        }
        if (Unprivileged.isRoot() && !Unprivileged.canReach(wanted.getParent())) {
            Passable.create(ELSEWHERE);
            var there = Files.createTempDirectory(ELSEWHERE, "postgres-");
            Files.createSymbolicLink(wanted, there);
            return there;
        }
        return Files.createDirectory(wanted);
    }

    private void unpack() throws IOException {
        var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = "/postgres-linux-" + machine + ".txz";
        var fresh = emptied(home.resolve("server.new"));
        Files.createDirectory(fresh);
        try (var binaries = PostgresCluster.class.getResourceAsStream(archive)) {
            if (binaries == null) {
                throw new IllegalStateException(archive + " is not on the class path");
            }
            Execution.fed(binaries, List.of("tar", "-xJ", "-C", fresh.toString()), home, Map.of());
        }
        Files.move(fresh, home.resolve("server"));
    }

    private void initialise() throws IOException {
        var fresh = emptied(home.resolve("data.new"));
        var passwordFile = home.resolve("password");
        Files.writeString(passwordFile, password + "\n");
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-------"));
        if (Unprivileged.isRoot()) {
            Unprivileged.give(home);
        }
        var initdb =
                List.of(
                        program("initdb").toString(),
                        "--pgdata=" + fresh,
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C");
        executeUnprivileged(initdb, "");
        Files.delete(passwordFile);
        // Alone on the files, before any server runs: there is no psql among the binaries.
        var single = List.of(program(NAME).toString(), "--single", "-D", fresh.toString(), NAME);
        executeUnprivileged(single, "CREATE DATABASE " + DATABASE + "\n");
        Files.move(fresh, data());
    }

    private Path emptied(Path remains) throws IOException {
        Execution.of(List.of("rm", "-rf", remains.toString()), home, Map.of());
        return remains;
    }

    private Path data() {
        return home.resolve("data");
    }

    private Path program(String name) {
        return home.resolve("server/bin").resolve(name);
    }

    private void executeUnprivileged(List<String> command, String input) throws IOException {
        var whole = new ArrayList<>(Unprivileged.prefix());
        whole.addAll(command);
        var stdin = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        Execution.fed(stdin, whole, home, Map.of());
    }
}
