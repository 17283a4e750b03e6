// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.recordings;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.proto.directory.v1.Queue;

/** Whose mailboxes somebody may open: his own and those of the queues he works in; else all. */
@ApplicationScoped
class Mailboxes {

    private final DirectoryClient directory;

    Mailboxes(DirectoryClient directory) {
        this.directory = directory;
    }

    /** Empty: all. */
    Optional<List<String>> of(Caller caller) {
        if (caller.seesAll()) {
            return Optional.empty();
        }
        var own = new ArrayList<String>();
        if (!caller.extension().isEmpty()) {
            own.add(caller.extension());
        }
        for (var queue : directory.tenant(caller.tenantId()).getQueuesList()) {
            if (worksIn(queue, caller)) {
                own.add(queue.getQueueId());
            }
        }
        return Optional.of(own);
    }

    private static boolean worksIn(Queue queue, Caller caller) {
        return queue.getMembersCount() == 0
                ? queue.getAgentExtensionsList().stream().anyMatch(caller::is)
                : queue.getMembersList().stream().anyMatch(one -> caller.is(one.getExtension()));
    }

    boolean mayOpen(Caller caller, String mailbox) {
        return of(caller).map(own -> own.contains(mailbox)).orElse(true);
    }
}
