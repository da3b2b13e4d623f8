package dev.rollcall.coupon;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.coupon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesChassisAndDiscovery =
            ArchitectureRules.dependsOnlyOn("dev.rollcall.coupon", "dev.rollcall.chassis", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule packagesFormNoCycle = ArchitectureRules.noCycles("dev.rollcall.coupon");

    @ArchTest
    static final ArchRule domainIsPlainJava = ArchitectureRules.domainIsPlainJava();

    @ArchTest
    static final ArchRule onlyTheStoreUsesSql = ArchitectureRules.onlyTheStoreUsesSql();

    @ArchTest
    static final ArchRule theStoreUsesNoHttp = ArchitectureRules.theStoreUsesNoHttp();
}
