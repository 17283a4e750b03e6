// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.panacall.defaults.Circuit;

/**
 * An engine behind HTTP, that speaks or listens. The one address that the operator named is asked,
 * in bounded time and at most so often at once; no redirect is followed; one that fails is left
 * alone for a while.
 */
public final class HttpEngine implements AutoCloseable {

    private static final int OK = 200;
    private static final int FAILURES_MAX = 3;
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final URI address;
    private final Limits limits;
    private final HttpClient client;
    private final Semaphore requests;
    private final Circuit circuit = new Circuit(FAILURES_MAX, PAUSE);
    private final LongAdder answered = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder passedOver = new LongAdder();

    /** For one request, and for all at once. */
    public record Limits(Duration timeout, int bytes, int requests) {}

    /** Makes of an answer what was asked for. */
    public interface Reading<A> {

        /**
         * @throws IOException when it is not that
         */
        A of(byte[] answer) throws IOException;
    }

    /**
     * @throws IllegalArgumentException when the address is none of HTTP
     */
    public HttpEngine(URI address, Limits limits) {
        var scheme = String.valueOf(address.getScheme());
        if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException("an engine for speech has an address of HTTP");
        }
        this.address = address;
        this.limits = limits;
        requests = new Semaphore(limits.requests(), true);
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.timeout())
                        .build();
    }

    public URI address() {
        return address;
    }

    /** Asks, and reads the answer; what cannot be read is a failure like any other. */
    public <A> A ask(HttpRequest request, Reading<A> reading)
            throws IOException, InterruptedException {
        if (!circuit.admits(System.nanoTime()) || !requests.tryAcquire()) {
            passedOver.increment();
            throw new IOException("the engine for speech is passed over");
        }
        try {
            var answer = reading.of(asked(request));
            circuit.answered();
            answered.increment();
            return answer;
        } catch (IOException fault) {
            circuit.failed(System.nanoTime());
            failures.increment();
            throw fault;
        } finally {
            requests.release();
        }
    }

    private byte[] asked(HttpRequest request) throws IOException, InterruptedException {
        var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bytes());
        var coming = client.sendAsync(request, body);
        try {
            var answer = coming.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != OK) {
                throw new IOException("the engine for speech answers " + answer.statusCode());
            }
            return answer.body();
        } catch (TimeoutException late) {
            throw new IOException("the engine for speech is too slow", late);
        } catch (ExecutionException fault) {
            throw new IOException("the engine for speech cannot be asked", fault.getCause());
        } finally {
            coming.cancel(true);
        }
    }

    public long answered() {
        return answered.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** Requests that were not made, because it fails or has enough to do. */
    public long passedOver() {
        return passedOver.sum();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
