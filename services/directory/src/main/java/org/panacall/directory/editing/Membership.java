// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.MemberGroup;
import org.panacall.proto.directory.v1.MemberShare;
import org.panacall.proto.directory.v1.Queue;
import org.panacall.proto.directory.v1.QueueMember;

/**
 * Who serves a queue. Members of whom nothing but the extension is said are kept as {@code
 * agent_extensions}, the plainer of the two forms.
 */
final class Membership {

    private Membership() {}

    /** The queue with some members put in, or in their own place, and some taken out. */
    static Queue changed(Queue queue, List<QueueMember> put, List<String> remove) {
        var members = members(queue);
        remove.forEach(members::remove);
        put.forEach(member -> members.put(member.getExtension(), member));
        return with(queue, members.values());
    }

    /** What is wrong with shares for a queue: they are for whoever is there already. */
    static List<Flaw> flaws(Queue queue, List<MemberShare> shares) {
        var members = members(queue);
        var groups =
                queue.getStrategySettings().getGroupsList().stream()
                        .map(MemberGroup::getName)
                        .toList();
        var flaws = new ArrayList<Flaw>();
        for (int i = 0; i < shares.size(); i++) {
            var share = shares.get(i);
            var at = "shares[" + i + "]";
            var member = members.get(share.getExtension());
            if (isOfGroup(share)) {
                if (!groups.contains(share.getGroup())) {
                    flaws.add(new Flaw(at + ".group", "is no group of this queue"));
                }
            } else if (member == null) {
                flaws.add(new Flaw(at + ".extension", "is no member of this queue"));
            } else if (!member.getGroup().isEmpty()) {
                flaws.add(new Flaw(at + ".extension", "is in a group; give the group its share"));
            }
        }
        return flaws;
    }

    /** The queue with these shares; whoever is not named, and in no group, gets none. */
    static Queue shared(Queue queue, List<MemberShare> shares) {
        if (shares.isEmpty()) {
            return queue;
        }
        var own = new HashMap<String, Integer>();
        var ofGroups = new HashMap<String, Integer>();
        for (var share : shares) {
            if (isOfGroup(share)) {
                ofGroups.put(share.getGroup(), share.getShare());
            } else {
                own.put(share.getExtension(), share.getShare());
            }
        }
        var members = members(queue);
        members.replaceAll(
                (extension, member) ->
                        member.getGroup().isEmpty()
                                ? member.toBuilder()
                                        .setShare(own.getOrDefault(extension, 0))
                                        .build()
                                : member);
        var changed = with(queue, members.values()).toBuilder();
        changed.getStrategySettingsBuilder()
                .getGroupsBuilderList()
                .forEach(group -> group.setShare(ofGroups.getOrDefault(group.getName(), 0)));
        return queue.hasStrategySettings()
                ? changed.build()
                : changed.clearStrategySettings().build();
    }

    private static boolean isOfGroup(MemberShare share) {
        return !share.getGroup().isEmpty();
    }

    private static Map<String, QueueMember> members(Queue queue) {
        var members = new LinkedHashMap<String, QueueMember>();
        queue.getMembersList().forEach(member -> members.put(member.getExtension(), member));
        if (members.isEmpty()) {
            queue.getAgentExtensionsList()
                    .forEach(extension -> members.put(extension, plain(extension)));
        }
        return members;
    }

    private static Queue with(Queue queue, Collection<QueueMember> members) {
        var changed = queue.toBuilder().clearMembers().clearAgentExtensions();
        if (members.stream().allMatch(one -> one.equals(plain(one.getExtension())))) {
            members.forEach(member -> changed.addAgentExtensions(member.getExtension()));
        } else {
            changed.addAllMembers(members);
        }
        return changed.build();
    }

    private static QueueMember plain(String extension) {
        return QueueMember.newBuilder().setExtension(extension).build();
    }
}
