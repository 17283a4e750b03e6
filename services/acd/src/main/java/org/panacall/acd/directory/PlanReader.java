// SPDX-License-Identifier: Apache-2.0
package org.panacall.acd.directory;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.panacall.acd.Wording;
import org.panacall.acd.core.id.AgentId;
import org.panacall.acd.core.id.Extension;
import org.panacall.acd.core.id.PartyNumber;
import org.panacall.acd.core.need.Asked;
import org.panacall.acd.core.need.Need;
import org.panacall.acd.core.plan.PersonPlan;
import org.panacall.acd.core.plan.TenantPlan;
import org.panacall.proto.directory.v1.Person;
import org.panacall.proto.directory.v1.Tenant;

/** Makes a plan of the directory's configuration; what is left out there has its default here. */
public final class PlanReader {

    private PlanReader() {}

    public static TenantPlan read(Tenant tenant) {
        return new TenantPlan(
                new PartyNumber(tenant.getDefaultCallerNumber()),
                RulesReader.tenant(tenant),
                tenant.getQueuesList().stream()
                        .map(queue -> QueueReader.read(queue, tenant))
                        .toList(),
                tenant.getPeopleList().stream()
                        .filter(person -> !person.getExtension().isEmpty())
                        .map(person -> person(person, tenant.getLanguage()))
                        .toList());
    }

    private static PersonPlan person(Person person, String language) {
        return new PersonPlan(
                new AgentId(person.getPersonId()),
                new Extension(person.getExtension()),
                person.getName(),
                person.getPhoneOnly(),
                Wording.duration(person.getWrapUp()),
                skills(person, language),
                RulesReader.devices(person));
    }

    /** Of whom no language is known speaks that of the tenant. */
    private static NavigableMap<String, Integer> skills(Person person, String language) {
        var bounds = new Bounds("person " + person.getPersonId());
        var skills = new TreeMap<String, Integer>();
        person.getSkillsMap()
                .forEach(
                        (skill, level) ->
                                skills.put(
                                        skill,
                                        bounds.number(
                                                "skill " + skill, level, 1, Need.LEVEL_MAX, 1)));
        var speaks = skills.keySet().stream().anyMatch(it -> it.startsWith(Asked.LANGUAGE + "."));
        if (!speaks && !language.isBlank()) {
            skills.put(Asked.language(language), Need.LEVEL_MAX);
        }
        return skills;
    }
}
