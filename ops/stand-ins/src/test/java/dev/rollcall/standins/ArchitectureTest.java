package dev.rollcall.standins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rollcall.standins", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule standsInWithoutKnowingItsSenders = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.rollcall.relay..", "dev.rollcall.launcher..", "dev.rollcall.console..");

    @ArchTest
    static final ArchRule onlyMailClassesUseMailLibraries = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Mail.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.subethamail..");
}
