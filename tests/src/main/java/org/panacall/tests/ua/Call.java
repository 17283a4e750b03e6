// SPDX-License-Identifier: Apache-2.0
package org.panacall.tests.ua;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * One call as a scripted party sees it. Written by the user agent's thread, awaited by tests; every
 * wait is woken by a message.
 */
public final class Call implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final UserAgent agent;
    private final Audio audio;
    private final List<Response> responses = new ArrayList<>();
    private final long createdNanos = System.nanoTime();
    private boolean answered;
    private boolean acknowledged;
    private boolean ended;
    private boolean cancelled;
    private boolean held;

    private long endedNanos;
    private int byeStatus;
    private String reason = "";

    /** A response to the INVITE and when it came, by {@link System#nanoTime}. */
    public record Response(int status, long nanos) {}

    // What the user agent keeps of the dialog.
    final String callId;
    String localAddress = "";
    String remoteAddress = "";
    String target = "";
    List<String> routes = List.of();
    SipMessage invite;
    int localSequence = 1;
    boolean inbound;
    Dialling dialling = Dialling.plain();

    Call(UserAgent agent, String callId, Audio audio) {
        this.agent = agent;
        this.callId = callId;
        this.audio = audio;
    }

    /** What this party has heard. */
    public Hearing hearing() {
        return audio.hearing();
    }

    public Audio audio() {
        return audio;
    }

    /** Picks up a ringing call. */
    public void answer() {
        agent.answer(this);
    }

    /** Refuses a ringing call with a final status. */
    public void reject(int status) {
        agent.reject(this, status);
    }

    /** Ends the call: BYE, CANCEL or 486, whichever fits. */
    public void hangUp() {
        agent.hangUp(this);
    }

    /** Puts the other side on hold or takes it back, by re-INVITE. */
    public void hold(boolean hold) {
        agent.reinvite(this, hold ? "sendonly" : "sendrecv");
    }

    public boolean awaitAnswered(Duration limit) {
        return await(call -> call.answered, limit);
    }

    /** The ACK to our answer came: before it we may not hang up (RFC 3261 section 15). */
    public boolean awaitAcknowledged(Duration limit) {
        return await(call -> call.acknowledged, limit);
    }

    public boolean awaitEnded(Duration limit) {
        return await(call -> call.ended, limit);
    }

    public boolean awaitStatus(int status, Duration limit) {
        return await(call -> call.saw(status), limit);
    }

    public boolean awaitHeld(boolean expected, Duration limit) {
        return await(call -> call.held == expected, limit);
    }

    public boolean isEnded() {
        return locked(() -> ended);
    }

    /** The other side gave up before an answer. */
    public boolean wasCancelled() {
        return locked(() -> cancelled);
    }

    /** Statuses of responses received, in order. */
    public List<Integer> statuses() {
        return responses().stream().map(Response::status).toList();
    }

    /** Responses to the INVITE in order, repeats included. */
    public List<Response> responses() {
        return locked(() -> List.copyOf(responses));
    }

    /** Waits for a final response to the INVITE. */
    public boolean awaitFinal(Duration limit) {
        return await(call -> call.responses.stream().anyMatch(one -> one.status >= 200), limit);
    }

    /** Waits for the answer to our BYE: its status, 0 when none comes in time. */
    public int awaitByeAnswered(Duration limit) {
        await(call -> call.byeStatus != 0, limit);
        return locked(() -> byeStatus);
    }

    /** User part of the other party's address: the caller's number at a phone that rings. */
    public String remoteUser() {
        var uri = SipMessage.uri(remoteAddress);
        return uri.substring(uri.indexOf(':') + 1).split("[@;]")[0];
    }

    /** Reason header of the BYE or CANCEL that ended it, or "". */
    public String reason() {
        return locked(() -> reason);
    }

    /** When it was dialled or rang, by {@link System#nanoTime}. */
    public long createdNanos() {
        return createdNanos;
    }

    /** When it ended, by {@link System#nanoTime}. */
    public long endedNanos() {
        return locked(() -> endedNanos);
    }

    @Override
    public void close() {
        if (!isEnded()) {
            hangUp();
        }
        audio.close();
    }

    void awaitProvisional() {
        await(call -> !call.responses.isEmpty(), transactionTimeout());
    }

    void noteStatus(int status) {
        change(() -> responses.add(new Response(status, System.nanoTime())));
    }

    void noteByeAnswered(int status) {
        change(() -> byeStatus = status);
    }

    void noteAnswered() {
        change(() -> answered = true);
    }

    void noteAcknowledged() {
        change(() -> acknowledged = true);
    }

    void noteHeld(boolean byOther) {
        change(() -> held = byOther);
    }

    void noteEnded(boolean byCancel, String why) {
        change(
                () -> {
                    if (!ended) {
                        ended = true;
                        cancelled = byCancel;
                        reason = why;
                        endedNanos = System.nanoTime();
                        audio.mute(true);
                    }
                });
    }

    private boolean saw(int status) {
        return responses.stream().anyMatch(one -> one.status == status);
    }

    /** Was answered, at any time. */
    public boolean isAnswered() {
        return locked(() -> answered);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(java.util.function.Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Predicate<Call> condition, Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!condition.test(this)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** For waits that must outlive a lost message: 32 seconds, as RFC 3261's timer B. */
    static Duration transactionTimeout() {
        return Duration.of(32, TimeUnit.SECONDS.toChronoUnit());
    }
}
