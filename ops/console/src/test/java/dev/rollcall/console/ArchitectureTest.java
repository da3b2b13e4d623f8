package dev.rollcall.console;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesChassisAndRollCall = ArchitectureRules.dependsOnlyOn(
            "dev.rollcall.console", "dev.rollcall.chassis", "dev.rollcall.rollcall", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule packagesFormNoCycle = ArchitectureRules.noCycles("dev.rollcall.console");
}
