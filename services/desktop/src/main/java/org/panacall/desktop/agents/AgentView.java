// SPDX-License-Identifier: Apache-2.0
package org.panacall.desktop.agents;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.panacall.desktop.access.Caller;
import org.panacall.desktop.editing.Settings;
import org.panacall.proto.acd.v1.AgentStatus;
import org.panacall.proto.directory.v1.Person;

/**
 * An agent: what he does now, and beside that his settings. What he does is absent while nobody can
 * tell; his settings, for colleagues.
 *
 * @param now null when nobody can tell
 * @param settings all else that is configured
 */
@Schema(name = "Agent")
public record AgentView(
        String id,
        String extension,
        String name,
        @JsonUnwrapped AgentNow now,
        @Schema(hidden = true) Map<String, Object> settings) {

    /** What of an agent can be set. */
    public static final Settings SETTINGS =
            new Settings(
                    Person.getDescriptor(),
                    Set.of("personId", "extension", "roles"),
                    AgentNow.NAMES);

    /** Beside what he does, not in an object of their own. */
    @Override
    @JsonAnyGetter
    public Map<String, Object> settings() {
        return settings;
    }

    /**
     * An agent as the caller may see him.
     *
     * @param status null when nobody can tell
     */
    static AgentView of(Person person, AgentStatus status, Caller caller) {
        var whole = caller.seesAll() || caller.is(person.getExtension());
        var settings = SETTINGS.write(person);
        settings.remove("name");
        return new AgentView(
                person.getPersonId(),
                person.getExtension(),
                person.getName(),
                status == null ? null : AgentNow.of(status, whole),
                whole ? settings : Map.of());
    }

    /** Names that may stand in a request, but only as they are. */
    static Map<String, Object> fixed(Person person) {
        return Map.of("id", person.getPersonId(), "extension", person.getExtension());
    }
}
