// SPDX-License-Identifier: Apache-2.0
package org.panacall.media;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The pipeline is plain Java without clock, threads and sockets; what is around it does not know
 * each other more than it must.
 */
class ArchitectureTest {

    private static final String ROOT = "org.panacall.media";

    private static final String[] PURE = {
        ROOT + ".codec",
        ROOT + ".rtp",
        ROOT + ".jitter",
        ROOT + ".dtmf",
        ROOT + ".mix",
        ROOT + ".play",
        ROOT + ".tap",
        ROOT + ".pipeline"
    };

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void thePipelineIsPlainJavaAndKnowsNobodyAroundIt() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        with(
                                PURE,
                                "java.lang..",
                                "java.util",
                                "java.nio..",
                                "java.net",
                                "java.util.function",
                                "java.util.stream"))
                .check(classes);
    }

    @Test
    void thePipelineReadsNoClockAndStartsNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|HashMap|HashSet|UUID)")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "java.nio.file..")
                .check(classes);
    }

    @Test
    void theWayInIsOne() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".io", ROOT + ".prompt", ROOT + ".node", ROOT + ".listen")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".grpc", "org.panacall.proto..", "io.quarkus..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".grpc")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".io")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".MediaApp")
                .check(classes);
    }

    @Test
    void nativeCodeIsMetByOneClassThatNobodyLoadsInVain() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".listen.VoskRecogniser")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.vosk..", "com.sun.jna..")
                .check(classes);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".listen.VoskRecogniser")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".Ears")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".listen.VoskRecogniser")
                .check(classes);
    }

    private static String[] with(String[] some, String... more) {
        var all = new java.util.ArrayList<>(java.util.List.of(some));
        all.addAll(java.util.List.of(more));
        return all.toArray(String[]::new);
    }
}
