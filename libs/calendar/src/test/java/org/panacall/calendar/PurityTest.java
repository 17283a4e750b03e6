// SPDX-License-Identifier: Apache-2.0
package org.panacall.calendar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Cores use the calendar, so it must be as plain as they are. */
class PurityTest {

    @Test
    void theCalendarKnowsOnlyJavaAndReadsNoClock() {
        var classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.panacall.calendar");
        noClasses()
                .that()
                .resideInAPackage("org.panacall.calendar")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages("java..", "org.panacall.calendar"))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("org.panacall.calendar")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .check(classes);
    }
}
