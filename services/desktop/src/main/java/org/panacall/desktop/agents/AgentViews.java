// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.agents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.acd.AcdClient;
import org.panacall.desktop.directory.DirectoryClient;
import org.panacall.desktop.editing.Edits;
import org.panacall.desktop.editing.Revisions;
import org.panacall.desktop.problems.Away;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.directory.v1.KeptPerson;
import org.panacall.proto.directory.v1.Person;

/** Puts together what the directory knows of agents and what acd does. */
@ApplicationScoped
class AgentViews {

    private final DirectoryClient directory;
    private final AcdClient acd;

    AgentViews(DirectoryClient directory, AcdClient acd) {
        this.directory = directory;
        this.acd = acd;
    }

    /** All agents, by extension; one who serves no queue does nothing that acd could tell. */
    List<AgentView> all(Caller caller) {
        var now = new HashMap<String, AgentStatus>();
        acd.agents(caller.tenantId()).forEach(agent -> now.put(agent.getAgentId(), agent));
        return directory.tenant(caller.tenantId()).getPeopleList().stream()
                .filter(AgentViews::isAgent)
                .map(person -> AgentView.of(person, now.get(person.getPersonId()), caller))
                .toList();
    }

    /** An answer about an agent as he is kept, with his tag. */
    RestResponse<AgentView> answer(KeptPerson kept, Caller caller) {
        var status = status(caller, kept.getPerson().getPersonId());
        return Revisions.tagged(
                        AgentView.of(kept.getPerson(), status.orElse(null), caller),
                        kept.getRevision())
                .build();
    }

    /** An agent as acd has just told of him. */
    AgentView now(AgentStatus status, Caller caller) {
        var person =
                directory
                        .person(caller.tenantId(), status.getAgentId())
                        .orElseThrow(() -> Edits.unknown("agent"));
        return AgentView.of(person, status, caller);
    }

    /** An agent as he was last heard of, while the directory is away; not to be changed then. */
    Optional<RestResponse<AgentView>> last(String id, Caller caller) {
        return directory
                .person(caller.tenantId(), id)
                .filter(AgentViews::isAgent)
                .map(
                        person ->
                                RestResponse.ok(
                                        AgentView.of(
                                                person,
                                                status(caller, person.getPersonId()).orElse(null),
                                                caller)));
    }

    /** Configuration must be seen and changed while acd is away too. */
    private Optional<AgentStatus> status(Caller caller, String personId) {
        return Away.unless(() -> acd.agents(caller.tenantId())).stream()
                .flatMap(List::stream)
                .filter(agent -> agent.getAgentId().equals(personId))
                .findFirst();
    }

    static boolean isAgent(Person person) {
        return person.getRolesList().contains("agent");
    }
}
