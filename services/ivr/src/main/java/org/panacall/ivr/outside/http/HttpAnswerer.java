// SPDX-License-Identifier: Apache-2.0
package org.panacall.ivr.outside.http;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.panacall.flow.http.AllowedHosts;
import org.panacall.ivr.Clinics;
import org.panacall.ivr.IvrConfig;
import org.panacall.ivr.core.Caller;
import org.panacall.ivr.core.flow.Step;
import org.panacall.ivr.core.id.TenantId;
import org.panacall.ivr.core.outside.HttpErrand;
import org.panacall.ivr.core.outside.Outcome;
import org.panacall.ivr.core.outside.Question;
import org.panacall.ivr.outside.Answer;
import org.panacall.ivr.outside.Answerer;

/**
 * Asks servers of clinics: only those that the tenant has named, only at addresses that may be
 * asked, and not while they keep failing. Nothing of what is asked or answered is logged.
 */
public final class HttpAnswerer implements Answerer<HttpErrand>, AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Clinics clinics;
    private final Requests requests;
    private final Wire wire;
    private final Circuits circuits;

    /** Of this machine's names and clock. */
    public HttpAnswerer(IvrConfig.OutsideConfig config, Vertx vertx, Clinics clinics) {
        this(config, vertx, clinics, InetAddress::getAllByName, InstantSource.system());
    }

    HttpAnswerer(
            IvrConfig.OutsideConfig config,
            Vertx vertx,
            Clinics clinics,
            Wire.Lookup lookup,
            InstantSource clock) {
        var http = config.http();
        var own = http.networks().orElse(List.of()).stream().map(Network::of).toList();
        this.clinics = clinics;
        requests = new Requests(clinics, clock);
        wire =
                new Wire(
                        vertx,
                        new Addresses(own),
                        lookup,
                        new Wire.Bounds(config.tenantPending(), http.answerMax()),
                        http.authorities());
        circuits = new Circuits(http.circuitFailures(), http.circuitPause());
    }

    @Override
    public Answer answer(HttpErrand errand, Question question, Caller caller) {
        var until = System.nanoTime() + errand.terms().whole().toNanos();
        var patience = new Wire.Patience(errand.terms().connect(), until);
        try {
            var first = requests.first(errand, question, caller.tenant());
            var circuit = circuits.of(caller.tenant().value(), Hop.server(first.uri()));
            for (int left = errand.terms().retries(); ; left--) {
                if (!circuit.admits(System.nanoTime())) {
                    return Answer.failed("circuit-open");
                }
                try {
                    var reply = followed(first, errand, caller.tenant(), patience);
                    if (reply.status() < 500) {
                        circuit.answered();
                        return taken(reply, errand.wanted());
                    }
                    circuit.failed(System.nanoTime());
                    if (left <= 0 || !isUnable(reply.status())) {
                        return taken(reply, errand.wanted());
                    }
                } catch (HttpFault fault) {
                    if (fault.isRepeatable()) {
                        circuit.failed(System.nanoTime());
                    }
                    if (left <= 0 || !fault.isRepeatable()) {
                        throw fault;
                    }
                }
                LockSupport.parkNanos(Math.min(PAUSE.toNanos(), patience.left()));
            }
        } catch (HttpFault fault) {
            return Answer.failed(fault.isLate() ? Step.TIMEOUT : Step.FAILED, fault.reason());
        }
    }

    /** The request, and where it is led from there; each is checked like the first. */
    private Hop.Reply followed(
            Hop first, HttpErrand errand, TenantId tenant, Wire.Patience patience)
            throws HttpFault {
        var hop = first;
        var allowed = AllowedHosts.of(clinics.hosts(tenant));
        for (int left = errand.terms().redirects(); ; left--) {
            if (!allowed.allows(hop.uri())) {
                throw HttpFault.wrong("host-not-allowed");
            }
            var reply = wire.send(hop, patience);
            if (left <= 0 || !isElsewhere(reply) || !hop.method().equals("GET")) {
                return reply;
            }
            hop = requests.redirected(hop, reply.location(), first, errand, tenant);
        }
    }

    private static boolean isElsewhere(Hop.Reply reply) {
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 -> reply.location() != null;
            default -> false;
        };
    }

    private static boolean isUnable(int status) {
        return status >= 502 && status <= 504;
    }

    private static Answer taken(Hop.Reply reply, HttpErrand.Wanted wanted) {
        var values = new TreeMap<String, String>();
        wanted.status().ifPresent(name -> values.put(name, Integer.toString(reply.status())));
        var exit = exit(reply.status());
        if (!exit.equals(Step.DONE)) {
            return new Answer(new Outcome(exit, values), "status-" + reply.status() / 100 + "xx");
        }
        var found = Json.values(reply.body(), wanted.values());
        if (found.isEmpty()) {
            return new Answer(new Outcome(Step.FAILED, values), "answer-unfit");
        }
        values.putAll(found.get());
        return Answer.done(values);
    }

    private static String exit(int status) {
        return switch (status) {
            case 404, 410 -> "not-found";
            case 408, 425, 429 -> Step.FAILED;
            default ->
                    switch (status / 100) {
                        case 2 -> Step.DONE;
                        case 4 -> "refused";
                        default -> Step.FAILED;
                    };
        };
    }

    @Override
    public void close() {
        wire.close();
    }
}
