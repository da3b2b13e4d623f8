package dev.rollcall.launcher;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.launcher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesRollCallAndDiscovery =
            ArchitectureRules.dependsOnlyOn("dev.rollcall.launcher", "dev.rollcall.rollcall", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule packagesFormNoCycle = ArchitectureRules.noCycles("dev.rollcall.launcher");
}
