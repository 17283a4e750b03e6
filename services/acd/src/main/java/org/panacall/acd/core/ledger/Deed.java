// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.ledger;

import java.time.Instant;
import java.util.function.Predicate;
import org.panacall.acd.core.id.AgentId;

/**
 * Somebody did something for a queue.
 *
 * @param present who was at work then
 */
public record Deed(AgentId agent, Instant at, Predicate<AgentId> present) {}
