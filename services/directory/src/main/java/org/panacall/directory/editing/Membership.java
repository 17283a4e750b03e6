// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.editing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** The queue with these shares; those who are not named get none. */
    static Queue shared(Queue queue, List<MemberShare> shares) {
        var members = members(queue);
        members.replaceAll((extension, member) -> member.toBuilder().clearShare().build());
        for (var share : shares) {
            var member = members.getOrDefault(share.getExtension(), plain(share.getExtension()));
            members.put(
                    share.getExtension(), member.toBuilder().setShare(share.getShare()).build());
        }
        return with(queue, members.values());
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
