// SPDX-License-Identifier: Apache-2.0
package org.panacall.flow.check;

import java.util.TreeSet;
import org.panacall.proto.call.v1.RingGroup;
import org.panacall.proto.call.v1.RingGroupMember;
import org.panacall.proto.call.v1.RingGroupOrder;
import org.panacall.proto.directory.v1.Flow;

/** What a ring group must be: some who are there, or may be called, for a bounded time. */
record RingGroupChecks(FlowAround around, Findings findings) {

    private static final int MEMBERS_MAX = 10;
    private static final int RING_SECONDS_MAX = 60;
    private static final int WHOLE_SECONDS_MAX = 180;

    void check(String at, RingGroup group) {
        if (group.getMembersCount() == 0) {
            findings.add(at + ".members", "are missing; say who is to ring");
        }
        findings.atMost(at + ".members", "members", group.getMembersCount(), MEMBERS_MAX);
        var seen = new TreeSet<String>();
        for (int i = 0; i < group.getMembersCount(); i++) {
            var member = group.getMembers(i);
            var here = at + ".members[" + i + "]";
            member(here, member);
            if (!seen.add(member.getExtension() + member.getNumber())) {
                findings.add(here, "is there twice; keep one");
            }
        }
        if (group.hasRingTimeout()) {
            findings.wait(at + ".ringTimeout", group.getRingTimeout(), RING_SECONDS_MAX);
        }
        if (group.hasLongest()) {
            findings.wait(at + ".longest", group.getLongest(), WHOLE_SECONDS_MAX);
        } else if (whole(group) > WHOLE_SECONDS_MAX) {
            findings.add(
                    at + ".longest",
                    "is missing: all of them would take %d s; say 180s at most"
                            .formatted(whole(group)));
        }
        afterTalk(at + ".afterTalkFlow", group.getAfterTalkFlowId());
    }

    private static long whole(RingGroup group) {
        var stages = isAtOnce(group) ? 1 : group.getMembersCount();
        return group.getRingTimeout().getSeconds() * stages;
    }

    private static boolean isAtOnce(RingGroup group) {
        return group.getOrder() == RingGroupOrder.RING_GROUP_ORDER_UNSPECIFIED
                || group.getOrder() == RingGroupOrder.RING_GROUP_ORDER_AT_ONCE;
    }

    private void member(String at, RingGroupMember member) {
        switch (member.getTargetCase()) {
            case EXTENSION ->
                    findings.reference(
                            at + ".extension",
                            "person",
                            member.getExtension(),
                            around.extensions());
            case NUMBER -> TransferChecks.outside(at, member.getNumber(), around, findings);
            case TARGET_NOT_SET -> findings.add(at, "needs an extension or a number");
        }
    }

    private void afterTalk(String at, String flow) {
        if (!flow.isEmpty()) {
            var known =
                    around.flows().values().stream()
                            .filter(other -> !other.getSubFlow())
                            .map(Flow::getFlowId)
                            .toList();
            findings.reference(at, "flow", flow, known);
        }
    }
}
