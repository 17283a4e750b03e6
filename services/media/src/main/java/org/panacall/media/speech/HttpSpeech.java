// SPDX-License-Identifier: Apache-2.0
package org.panacall.media.speech;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.panacall.media.play.Clip;
import org.panacall.media.prompt.TextToSpeech;
import org.panacall.media.prompt.WavFile;

/**
 * Text to speech by an engine behind HTTP: {@code POST {"text": …, "language": …}}, answered by a
 * WAVE file. It asks the one address that the operator named and follows no redirect; an engine
 * that fails is left alone for a while.
 */
public final class HttpSpeech implements TextToSpeech, AutoCloseable {

    private static final int OK = 200;

    private final URI address;
    private final List<String> languages;
    private final Limits limits;
    private final HttpClient client;
    private final Semaphore requests;
    private final Breaker breaker = new Breaker();
    private final LongAdder spoken = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder passedOver = new LongAdder();

    /** For one text, and for all at once. */
    public record Limits(Duration timeout, int bytes, int requests) {}

    /**
     * @param languages it speaks, without region; all when empty
     * @throws IllegalArgumentException when the address is none of HTTP
     */
    public HttpSpeech(URI address, List<String> languages, Limits limits) {
        var scheme = String.valueOf(address.getScheme());
        if (!List.of("http", "https").contains(scheme) || address.getHost() == null) {
            throw new IllegalArgumentException("an engine for speech has an address of HTTP");
        }
        this.address = address;
        this.languages = List.copyOf(languages);
        this.limits = limits;
        requests = new Semaphore(limits.requests(), true);
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.timeout())
                        .build();
    }

    @Override
    public Clip speak(String text, String language) throws IOException, InterruptedException {
        if (!languages.isEmpty() && !languages.contains(language.replaceFirst("-.*", ""))) {
            throw new IOException("the engine does not speak this language");
        }
        if (!breaker.admits(System.nanoTime()) || !requests.tryAcquire()) {
            passedOver.increment();
            throw new IOException("the engine for speech is passed over");
        }
        try {
            var clip = asked(text, language);
            breaker.succeeded();
            spoken.increment();
            return clip;
        } catch (IOException fault) {
            breaker.failed(System.nanoTime());
            failures.increment();
            throw fault;
        } finally {
            requests.release();
        }
    }

    private Clip asked(String text, String language) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .header("Accept", "audio/wav")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"text\":%s,\"language\":%s}"
                                                .formatted(json(text), json(language)),
                                        StandardCharsets.UTF_8))
                        .build();
        var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bytes());
        var answer = client.sendAsync(request, body);
        try {
            return clip(answer.get(limits.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            throw new IOException("the engine for speech is too slow", late);
        } catch (ExecutionException fault) {
            throw new IOException("the engine for speech cannot be asked", fault.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static Clip clip(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != OK) {
            throw new IOException("the engine for speech answers " + answer.statusCode());
        }
        var clip = WavFile.read(answer.body());
        if (clip.samples().length == 0) {
            throw new IOException("the engine for speech said nothing");
        }
        return clip;
    }

    private static String json(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    public long spoken() {
        return spoken.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** Texts it was not asked for, because it fails or has enough to do. */
    public long passedOver() {
        return passedOver.sum();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
