// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.callbacks;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.panacall.desktop.Wire;
import org.panacall.desktop.access.Caller;
import org.panacall.proto.acd.v1.CallbackStatus;

/**
 * An open promise to call a patient back.
 *
 * @param queuedAt since when he waits; his place in line is of then
 * @param automatic he gave up waiting, and is called back unasked
 * @param attempts how often an agent took it
 * @param state in-line, at-agent, resting or apologising
 * @param agentId who has it
 * @param call in which he has it
 */
@Schema(name = "Callback")
public record CallbackView(
        String id,
        String queue,
        String number,
        Instant queuedAt,
        Instant promisedAt,
        Instant expiresAt,
        boolean automatic,
        int attempts,
        String state,
        String agentId,
        String call) {

    /** One as the caller may see it. */
    static CallbackView of(CallbackStatus callback, Caller caller) {
        return new CallbackView(
                callback.getCallbackId(),
                callback.getQueueId(),
                Wire.text(caller.shown(callback.getNumber())),
                Wire.time(callback.hasQueuedAt(), callback.getQueuedAt()),
                Wire.time(callback.hasPromisedAt(), callback.getPromisedAt()),
                Wire.time(callback.hasExpiresAt(), callback.getExpiresAt()),
                callback.getAutomatic(),
                callback.getAttempts(),
                Wire.word(callback.getState().name(), "CALLBACK_STATE_"),
                Wire.text(callback.getAgentId()),
                Wire.text(callback.getCallId()));
    }
}
