// SPDX-License-Identifier: Apache-2.0
package org.panacall.sipingress.core.adoption;

import org.panacall.sipingress.core.message.Endpoint;

/**
 * What ends an INVITE that is under way, whoever says it: the CANCEL of ours, as it must look, or a
 * refusal of theirs.
 *
 * @param branch of our INVITE; empty with a refusal
 * @param message the whole datagram
 */
public record Farewell(String branch, byte[] message, Endpoint to) {}
