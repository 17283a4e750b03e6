// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.nats;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.ledger.Terms;
import org.panacall.proto.acd.v1.ShareGroup;
import org.panacall.proto.acd.v1.ShareUnit;
import org.panacall.proto.acd.v1.TermsChanged;

/** A queue's terms as a message, and back. */
final class TermsForm {

    private TermsForm() {}

    static TermsChanged write(Terms terms) {
        var message =
                TermsChanged.newBuilder().setUnit(unit(terms.unit())).setCatchUp(terms.catchUp());
        if (terms.counts()) {
            message.setWindow(Wording.duration(terms.window()));
        }
        terms.groups().forEach((name, group) -> message.putGroups(name, group(group)));
        return message.build();
    }

    private static ShareGroup group(Terms.Group group) {
        var message = ShareGroup.newBuilder().setShare(group.share()).setByShares(group.byShares());
        group.members().forEach((agent, share) -> message.putMembers(agent.value(), share));
        return message.build();
    }

    private static ShareUnit unit(Terms.Unit unit) {
        return switch (unit) {
            case OFFERED -> ShareUnit.SHARE_UNIT_OFFERED;
            case ANSWERED -> ShareUnit.SHARE_UNIT_ANSWERED;
            case TALK_TIME -> ShareUnit.SHARE_UNIT_TALK_TIME;
        };
    }

    static Terms read(TermsChanged message) {
        var groups = new TreeMap<String, Terms.Group>();
        message.getGroupsMap().forEach((name, group) -> groups.put(name, group(group)));
        return new Terms(
                Wording.duration(message.getWindow()),
                unit(message.getUnit()),
                message.getCatchUp(),
                groups);
    }

    private static Terms.Group group(ShareGroup message) {
        NavigableMap<AgentId, Integer> members = new TreeMap<>();
        message.getMembersMap().forEach((id, share) -> members.put(new AgentId(id), share));
        return new Terms.Group(message.getShare(), message.getByShares(), members);
    }

    private static Terms.Unit unit(ShareUnit unit) {
        return switch (unit) {
            case SHARE_UNIT_ANSWERED -> Terms.Unit.ANSWERED;
            case SHARE_UNIT_TALK_TIME -> Terms.Unit.TALK_TIME;
            case SHARE_UNIT_OFFERED, SHARE_UNIT_UNSPECIFIED, UNRECOGNIZED -> Terms.Unit.OFFERED;
        };
    }
}
