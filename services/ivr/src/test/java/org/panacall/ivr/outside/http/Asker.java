// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.panacall.ivr.Clinics;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.flow.Variable;
import org.panacall.ivr.core.id.CallId;
import org.panacall.ivr.core.id.LegId;
import org.panacall.ivr.core.id.StepId;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.outside.Answer;
import org.panacall.ivr.outside.OutsideSettings;

/** Asks one request after another, of a clinic that may ask mis.test. */
final class Asker implements Clinics, AutoCloseable {

    static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    static final String SECRET = "0123456789abcdef0123";

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final TreeMap<String, Object> arguments = new TreeMap<>();
    private final TreeMap<String, HttpErrand.Place> wanted = new TreeMap<>();
    private final TreeMap<String, String> secretHeaders = new TreeMap<>();
    private final List<String> hosts = new ArrayList<>();
    private final TreeMap<String, List<InetAddress>> names = new TreeMap<>();
    private String networks = "127.0.0.1";
    private Optional<Path> authorities = Optional.empty();
    private HttpAnswerer answerer;
    private String scheme = "http";
    private String host = "mis.test";
    private int port;
    private String method = "GET";
    private List<String> path = List.of("/");
    private Optional<String> status = Optional.empty();
    private Optional<String> signature = Optional.empty();
    private Duration whole = Duration.ofSeconds(5);
    private int retries;
    private int redirects;
    private int lookups;

    Asker() {
        names.put("mis.test", List.of(InetAddress.getLoopbackAddress()));
    }

    /** A server at mis.test. */
    ClinicServer serving(ClinicServer.Conduct conduct) {
        var server = also(new ClinicServer(conduct));
        port(server.port());
        return server;
    }

    ClinicServer also(ClinicServer server) {
        open.add(server);
        return server;
    }

    Asker port(int of) {
        port = of;
        hosts.add(scheme + "://mis.test:" + of);
        return this;
    }

    Asker scheme(String is) {
        scheme = is;
        if (port != 0) {
            port(port);
        }
        return this;
    }

    /** Another host than mis.test. */
    Asker host(String is) {
        host = is;
        return this;
    }

    Asker name(String name, String... addresses) {
        names.put(name, List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
        return this;
    }

    Asker mayAsk(String entry) {
        hosts.add(entry);
        return this;
    }

    Asker networks(String own) {
        networks = own;
        return this;
    }

    /** Whose certificates are believed beside the machine's. */
    Asker trusts(Path pem) {
        authorities = Optional.of(pem);
        return this;
    }

    Asker url(String... pieces) {
        path = List.of(pieces);
        return this;
    }

    Asker method(String is) {
        method = is;
        return this;
    }

    Asker argument(String name, Object value) {
        arguments.put(name, value);
        return this;
    }

    Asker wants(String variable, String pointer, Variable.Kind kind) {
        wanted.put(variable, new HttpErrand.Place(pointer, kind));
        return this;
    }

    Asker status(String variable) {
        status = Optional.of(variable);
        return this;
    }

    Asker secretHeader(String header, String name) {
        secretHeaders.put(header, name);
        return this;
    }

    Asker signWith(String name) {
        signature = Optional.of(name);
        return this;
    }

    Asker within(Duration time) {
        whole = time;
        return this;
    }

    Asker retries(int most) {
        retries = most;
        return this;
    }

    Asker redirects(int most) {
        redirects = most;
        return this;
    }

    int lookups() {
        return lookups;
    }

    Answer ask() {
        if (answerer == null) {
            var settings = new TreeMap<String, String>();
            if (!networks.isEmpty()) {
                settings.put("ivr.outside.http.networks", networks);
            }
            authorities.ifPresent(
                    pem -> settings.put("ivr.outside.http.authorities", pem.toString()));
            answerer =
                    new HttpAnswerer(
                            OutsideSettings.of(settings),
                            vertx,
                            this,
                            this::lookUp,
                            InstantSource.fixed(NOW));
            open.add(answerer);
        }
        var pieces = new ArrayList<>(path);
        pieces.set(0, scheme + "://" + host + ":" + port + path.getFirst());
        var errand =
                new HttpErrand(
                        new HttpErrand.Target(method, pieces),
                        new HttpErrand.Secrets(secretHeaders, signature),
                        new HttpErrand.Wanted(wanted, status),
                        new HttpErrand.Terms(Duration.ofSeconds(1), whole, retries, redirects));
        var question = new Question(new StepId("ask"), errand, arguments, "run_1_ask_1", whole);
        return answerer.answer(errand, question, caller());
    }

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        lookups++;
        var known = names.get(name);
        return known == null ? InetAddress.getAllByName(name) : known.toArray(InetAddress[]::new);
    }

    private static Caller caller() {
        return new Caller(
                new CallId("call_1"),
                new LegId("leg_1"),
                new TenantId("clinic"),
                new Caller.Numbers("+79160000001", "+74950000100"),
                new Caller.Origin("run_1", "127.0.0.1:9010", ""));
    }

    @Override
    public List<String> hosts(TenantId tenant) {
        return List.copyOf(hosts);
    }

    @Override
    public Optional<String> secret(TenantId tenant, String name) {
        return name.equals("mis") ? Optional.of(SECRET) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            for (var one : open) {
                one.close();
            }
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
