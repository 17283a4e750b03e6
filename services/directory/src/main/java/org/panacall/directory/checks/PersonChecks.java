// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.List;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.Person;

/** All rules that a person's settings must keep, in seeds as well as in edits. */
public final class PersonChecks {

    private static final int NAME_MAX = 100;
    private static final int SKILLS_MAX = 200;
    private static final Duration WRAP_UP_MAX = Durations.fromHours(1);

    /** One rule. */
    interface PersonCheck {
        void check(Person person, Surroundings around, Faults faults);
    }

    /** One a line; whoever adds a field to people adds its rule. */
    private static final List<PersonCheck> ALL =
            List.of(
                    (person, around, faults) -> Shape.check(person, faults),
                    PersonChecks::name,
                    PersonChecks::phone,
                    PersonChecks::wrapUp,
                    PersonChecks::skills,
                    (person, around, faults) -> References.check(person, around, faults));

    private PersonChecks() {}

    /** Everything wrong with a person's settings; fields have their JSON names. */
    public static List<Flaw> flaws(Person person, Surroundings around) {
        var faults = new Faults();
        ALL.forEach(check -> check.check(person, around, faults));
        return faults.all();
    }

    private static void name(Person person, Surroundings around, Faults faults) {
        if (person.getName().isBlank() || person.getName().length() > NAME_MAX) {
            faults.add("name", "must have 1 to " + NAME_MAX + " characters");
        }
    }

    private static void phone(Person person, Surroundings around, Faults faults) {
        if (person.getPhoneOnly() && person.getExtension().isEmpty()) {
            faults.add("phoneOnly", "needs an extension for the phone");
        }
    }

    private static void skills(Person person, Surroundings around, Faults faults) {
        if (person.getSkillsCount() > SKILLS_MAX) {
            faults.add("skills", "must be at most " + SKILLS_MAX);
        }
        person.getSkillsMap()
                .forEach(
                        (skill, level) -> {
                            MatchChecks.name(faults, "skills", skill);
                            if (level < 1 || level > MatchChecks.SKILL_LEVEL_MAX) {
                                faults.add(
                                        "skills." + skill,
                                        "must be between 1 and " + MatchChecks.SKILL_LEVEL_MAX);
                            }
                        });
    }

    private static void wrapUp(Person person, Surroundings around, Faults faults) {
        if (Durations.compare(person.getWrapUp(), WRAP_UP_MAX) > 0) {
            faults.add("wrapUp", "must be at most 1 hour");
        }
    }
}
