// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import java.time.Instant;
import org.panacall.acd.core.id.PlayId;

/**
 * A place in line. An offer that comes to nothing gives the call its place back.
 *
 * @param arrival counts the tenant's calls; lower is served first
 * @param music names what the caller hears there
 */
public record Place(Instant since, long arrival, PlayId music) {}
