package dev.rollcall.order;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.order", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesChassisAndDiscovery =
            ArchitectureRules.dependsOnlyOn("dev.rollcall.order", "dev.rollcall.chassis", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule packagesFormNoCycle = ArchitectureRules.noCycles("dev.rollcall.order");

    @ArchTest
    static final ArchRule domainIsPlainJava = ArchitectureRules.domainIsPlainJava("java.io", "java.security");

    @ArchTest
    static final ArchRule onlyTheStoreUsesSql = ArchitectureRules.onlyTheStoreUsesSql();

    @ArchTest
    static final ArchRule theStoreUsesNoHttp = ArchitectureRules.theStoreUsesNoHttp();
}
