// SPDX-License-Identifier: Apache-2.0
package org.panacall.directory.checks;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.panacall.defaults.tree.Flaw;
import org.panacall.proto.directory.v1.Device;
import org.panacall.proto.directory.v1.DeviceKind;
import org.panacall.proto.directory.v1.Person;

/** All rules that a person's settings must keep, in seeds as well as in edits. */
public final class PersonChecks {

    private static final int NAME_MAX = 100;
    private static final int SKILLS_MAX = 200;
    private static final Duration WRAP_UP_MAX = Durations.fromHours(1);
    private static final int DEVICES_MAX = 8;
    private static final Duration STEP_MIN = Durations.fromSeconds(1);
    private static final Duration STEP_MAX = Durations.fromMinutes(2);
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9*#._-]{1,32}");

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
                    PersonChecks::devices,
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

    /** Who can be rung on nothing but what is named must be found there. */
    private static void devices(Person person, Surroundings around, Faults faults) {
        if (person.getDevicesCount() > DEVICES_MAX) {
            faults.add("devices", "must have at most " + DEVICES_MAX + " entries");
        }
        if (Durations.compare(person.getDeviceStep(), STEP_MAX) > 0) {
            faults.add("deviceStep", "must be at most " + Durations.toSeconds(STEP_MAX) + " s");
        }
        if (person.hasDeviceStep() && Durations.compare(person.getDeviceStep(), STEP_MIN) < 0) {
            faults.add("deviceStep", "must be at least " + Durations.toSeconds(STEP_MIN) + " s");
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < person.getDevicesCount(); i++) {
            var device = person.getDevices(i);
            var at = "devices[" + i + "].address";
            var mobile = device.getKind() == DeviceKind.DEVICE_KIND_MOBILE;
            if (mobile && !ConductChecks.E164.matcher(device.getAddress()).matches()) {
                faults.add(at, "must be a number like +79160000100");
            } else if (!mobile && !USER.matcher(device.getAddress()).matches()) {
                faults.add(at, "must be a SIP user of the tenant's domain");
            } else if (!seen.add(device.getAddress())) {
                faults.add(at, "is there twice; keep one");
            } else if (!mobile && others(person, around).contains(device.getAddress())) {
                faults.add(at, "belongs to somebody else; choose another");
            }
        }
    }

    /** What calls to other people ring. */
    private static Set<String> others(Person person, Surroundings around) {
        return around.tenant().getPeopleList().stream()
                .filter(other -> !other.getPersonId().equals(person.getPersonId()))
                .flatMap(
                        other ->
                                Stream.concat(
                                        Stream.of(other.getExtension()),
                                        other.getDevicesList().stream().map(Device::getAddress)))
                .collect(Collectors.toSet());
    }

    private static void wrapUp(Person person, Surroundings around, Faults faults) {
        if (Durations.compare(person.getWrapUp(), WRAP_UP_MAX) > 0) {
            faults.add("wrapUp", "must be at most 1 hour");
        }
    }
}
