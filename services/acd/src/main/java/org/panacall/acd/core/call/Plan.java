// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.core.call;

import org.panacall.acd.core.id.LegId;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.id.PlayId;

/**
 * Who is to be brought together by a placed call.
 *
 * @param device what the agent is rung on
 * @param agentLeg leg of the agent's phone
 * @param shown what the number sees as its caller
 * @param ringBack names what the agent hears while the number rings
 */
public record Plan(
        PartyNumber device,
        LegId agentLeg,
        PartyNumber number,
        PartyNumber shown,
        PlayId ringBack) {}
