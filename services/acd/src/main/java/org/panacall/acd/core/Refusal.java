// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core;

import org.panacall.acd.core.agent.AgentState;

/** Why a well-formed command was not carried out. */
public sealed interface Refusal {

    /** The tenant has no such queue. */
    record QueueUnknown() implements Refusal {}

    /** The queue, or the tenant in sum, holds as many calls as it may. */
    record QueueFull() implements Refusal {}

    /** The tenant has no such person. */
    record ExtensionUnknown() implements Refusal {}

    /** He is occupied, or has no phone registered. */
    record AgentNotAvailable(AgentState state) implements Refusal {}

    /** The tenant has no such reason for not being ready. */
    record ReasonUnknown() implements Refusal {}

    /** The agent is in no wrap-up that could be prolonged. */
    record NotExtendable() implements Refusal {}

    /** Why nothing was changed about a promise to call back. */
    sealed interface OfCallback extends Refusal {}

    /** The queue has as many open promises as it may. */
    record CallbacksFull() implements OfCallback {}

    /** No such promise is open. */
    record CallbackUnknown() implements OfCallback {}

    /** The patient is being rung for it. */
    record CallbackUnderWay() implements OfCallback {}

    /** The tenant has as many calls as it may. */
    record TooManyCalls() implements Refusal {}
}
