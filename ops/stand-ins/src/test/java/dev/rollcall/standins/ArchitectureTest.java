package dev.rollcall.standins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.standins", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesChassisAndDiscovery =
            ArchitectureRules.dependsOnlyOn("dev.rollcall.standins", "dev.rollcall.chassis", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule onlyMailClassesUseMailLibraries = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Mail.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.subethamail..");
}
