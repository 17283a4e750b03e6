// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * A phone in a real browser: JsSIP in headless Chromium, at the web origin, signed in as an agent.
 * It speaks a tone of its own and measures what it hears. Driven from one thread.
 */
public final class BrowserPhone implements AutoCloseable {

    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Driver driver;
    private final int toneHz;

    /** How a WebSocket breaks. */
    public enum Break {
        /** The browser closes it, and the other side learns of it. */
        CLOSED,
        /** The network loses it: the other side goes on believing in it. */
        CUT
    }

    /**
     * Starts the browser and begins to register.
     *
     * @param webPort port of the web origin on this machine
     * @param credentials "phone" of the answer to a sign-in
     */
    public BrowserPhone(int webPort, JsonNode credentials, int toneHz) {
        this.toneHz = toneHz;
        driver = new Driver();
        var start = driver.command("start");
        start.put("executable", Chromium.path().toString());
        start.put("port", webPort);
        start.put("toneHz", toneHz);
        start.set("phone", credentials);
        try {
            driver.ask(start, STARTS);
        } catch (RuntimeException fault) {
            driver.close();
            throw fault;
        }
    }

    public int toneHz() {
        return toneHz;
    }

    /** Waits for the next registration that the edge accepts. */
    public boolean awaitRegistered(Duration limit) {
        return driver.await("registered", limit).isPresent();
    }

    /** Waits until it rings; the caller's number. */
    public Optional<String> awaitRinging(Duration limit) {
        return driver.await("ringing", limit).map(ringing -> ringing.path("from").asText());
    }

    /** Picks up, and waits until the other side has confirmed it. */
    public boolean answer() {
        driver.ask(driver.command("answer"), SOON);
        return driver.await("confirmed", SOON).isPresent();
    }

    /** Ends the call by BYE. */
    public void hangUp() {
        driver.ask(driver.command("hangUp"), SOON);
    }

    /** Waits until the call has ended; who ended it, "local" or "remote" ("system": a fault). */
    public Optional<String> awaitEnded(Duration limit) {
        return driver.await("ended", limit).map(ended -> ended.path("by").asText());
    }

    /** Waits until the tone is most of what is heard. */
    public boolean hears(int frequencyHz, Duration limit) {
        var hear = driver.command("hear").put("hz", frequencyHz).put("limitMs", limit.toMillis());
        return driver.ask(hear, limit.plus(SOON)).path("heard").asBoolean();
    }

    /** RTP packets received in this call. */
    public long packets() {
        return driver.ask(driver.command("received"), SOON).path("packets").asLong();
    }

    /** Breaks the WebSocket and waits until the page has noticed. */
    public boolean breakSocket(Break how) {
        ObjectNode command = driver.command(how == Break.CLOSED ? "closeSocket" : "cut");
        driver.ask(command, SOON);
        return driver.await("disconnected", SOON).isPresent();
    }

    /** The WebSocket never broke but by {@link #breakSocket}. */
    public boolean keptSocket() {
        return driver.await("disconnected", Duration.ZERO).isEmpty();
    }

    /** What the phone told, in order, for messages of failed tests. */
    public String ladder() {
        return String.join("\n", driver.told());
    }

    /** Unregisters and ends the browser. */
    @Override
    public void close() {
        try {
            driver.ask(driver.command("stop"), SOON);
            driver.await("unregistered", SOON);
        } finally {
            driver.close();
        }
    }
}
