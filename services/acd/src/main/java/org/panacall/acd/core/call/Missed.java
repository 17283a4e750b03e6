// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Instant;

/**
 * An agent did not take a call that he was offered.
 *
 * @param times so often by now
 * @param othersFirst it goes to others first until then
 */
public record Missed(int times, Instant othersFirst) {}
