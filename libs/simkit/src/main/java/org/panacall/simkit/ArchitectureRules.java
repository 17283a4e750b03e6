// SPDX-License-Identifier: Apache-2.0
package org.panacall.simkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of a service's tree: the core is pure, adapters don't know each other, nobody but its
 * neighbours knows the wiring class, and names say something.
 */
public final class ArchitectureRules {

    private static final List<String> EMPTY_WORDS =
            List.of(
                    "Session",
                    "Manager",
                    "Helper",
                    "Util",
                    "Utils",
                    "Impl",
                    "Base",
                    "Abstract",
                    "Common",
                    "Data",
                    "Info",
                    "Object",
                    "Processor",
                    "Handler");

    /** Whatever would let time, chance, threads or an undefined order into a core. */
    private static final Set<String> IMPURE_TYPES =
            Set.of(
                    "java.lang.Thread",
                    "java.lang.ThreadLocal",
                    "java.lang.Runtime",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.time.Clock",
                    "java.time.InstantSource",
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.IdentityHashMap",
                    "java.util.WeakHashMap",
                    "java.util.Hashtable",
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.util.Timer",
                    "java.util.Scanner");

    private static final Set<String> IMPURE_CALLS =
            Set.of(
                    "java.lang.System.currentTimeMillis", "java.lang.System.nanoTime",
                    "java.lang.System.getenv", "java.lang.System.getProperty",
                    "java.lang.System.identityHashCode", "java.lang.Math.random",
                    "java.util.UUID.randomUUID", "java.util.Collection.parallelStream",
                    "java.util.Collections.shuffle", "java.time.Instant.now",
                    "java.time.LocalDate.now", "java.time.LocalDateTime.now",
                    "java.time.LocalTime.now", "java.time.ZonedDateTime.now",
                    "java.time.OffsetDateTime.now", "java.lang.Object.wait",
                    "java.lang.Object.notify", "java.lang.Object.notifyAll");

    /** As plain as a core, and shared by several. */
    private static final String PURE_LIBRARY = "org.panacall.calendar";

    private static final String[] IMPURE_PACKAGES = {
        "java.io..",
        "java.net..",
        "java.nio.file..",
        "java.nio.channels..",
        "java.sql..",
        "java.util.concurrent..",
        "java.util.logging..",
        "java.util.random.."
    };

    private ArchitectureRules() {}

    /** Checks the production classes of one service, for example "org.panacall.acd". */
    public static void verify(String service) {
        var classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(service);
        rules(service, classes).forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private static Stream<ArchRule> rules(String service, JavaClasses classes) {
        return Stream.concat(
                Stream.of(
                        coreKnowsOnlyJava(service),
                        coreUsesNothingImpure(service),
                        coreCallsNothingImpure(service),
                        namesSaySomething()),
                adaptersDontKnowEachOther(service, classes));
    }

    private static ArchRule coreKnowsOnlyJava(String service) {
        var core = service + ".core..";
        var contract =
                describe(
                        "the engine's contract of a core",
                        (JavaClass used) ->
                                Set.of("org.panacall.engine.Core", "org.panacall.engine.Decision")
                                        .contains(used.getName()));
        return noClasses()
                .that()
                .resideInAPackage(core)
                .should()
                .dependOnClassesThat(
                        resideOutsideOfPackages(core, "java..", PURE_LIBRARY)
                                .and(DescribedPredicate.not(contract)))
                .because("the core is plain Java that can be simulated and replayed");
    }

    private static ArchRule coreUsesNothingImpure(String service) {
        var impure =
                describe(
                        "time, chance, threads, I/O or undefined order",
                        (JavaClass used) -> IMPURE_TYPES.contains(used.getName()));
        return noClasses()
                .that()
                .resideInAPackage(service + ".core..")
                .should()
                .dependOnClassesThat(impure.or(resideInAnyPackage(IMPURE_PACKAGES)))
                .because("same commands and times in, same decisions out");
    }

    private static ArchRule coreCallsNothingImpure(String service) {
        var impure =
                describe(
                        "a reading of time, chance or surroundings",
                        (JavaAccess<?> access) ->
                                IMPURE_CALLS.contains(
                                        access.getTargetOwner().getName()
                                                + "."
                                                + access.getName()));
        return noClasses()
                .that()
                .resideInAPackage(service + ".core..")
                .should()
                .accessTargetWhere(impure)
                .because("now and ids come from outside");
    }

    private static ArchRule namesSaySomething() {
        var empty =
                describe(
                        "end in a word that excludes nothing",
                        (JavaClass type) ->
                                EMPTY_WORDS.stream().anyMatch(type.getSimpleName()::endsWith));
        return noClasses()
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(empty))
                .because("if no noun comes, the class has no idea of its own yet");
    }

    private static Stream<ArchRule> adaptersDontKnowEachOther(String service, JavaClasses classes) {
        return classes.stream()
                .map(type -> adapterOf(service, type))
                .filter(adapter -> !adapter.isEmpty() && !adapter.equals("core"))
                .distinct()
                .sorted()
                .map(adapter -> adapterKnowsOnlyTheCore(service, adapter));
    }

    private static ArchRule adapterKnowsOnlyTheCore(String service, String adapter) {
        var stranger =
                describe(
                        "other adapters and the wiring class",
                        (JavaClass used) ->
                                isStranger(service, adapter, used)
                                        || used.getPackageName().equals(service)
                                                && used.getSimpleName().endsWith("App"));
        return noClasses()
                .that()
                .resideInAPackage(service + "." + adapter + "..")
                .should()
                .dependOnClassesThat(stranger)
                .because("adapters don't know each other; the App class wires them");
    }

    private static boolean isStranger(String service, String adapter, JavaClass used) {
        var other = adapterOf(service, used);
        return !other.isEmpty() && !other.equals("core") && !other.equals(adapter);
    }

    /** First package below the service's, or "" for classes outside or directly in it. */
    private static String adapterOf(String service, JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(service + ".")) {
            return "";
        }
        var below = name.substring(service.length() + 1);
        var dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
