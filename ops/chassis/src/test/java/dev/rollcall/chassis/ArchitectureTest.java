package dev.rollcall.chassis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.chassis", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesDiscovery =
            ArchitectureRules.dependsOnlyOn("dev.rollcall.chassis", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule packagesFormNoCycle = ArchitectureRules.noCycles("dev.rollcall.chassis");

    // a service without a database hasn't their jars
    @ArchTest
    static final ArchRule onlyTheStoreUsesSql = ArchitectureRules.onlyTheStoreUsesSql();

    @ArchTest
    static final ArchRule aServiceWithoutADatabaseLoadsNoStore = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.chassis")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.rollcall.chassis.store..");

    @ArchTest
    static final ArchRule theStoreKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.chassis.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.helidon.webserver..", "io.helidon.http..", "dev.rollcall.discovery.http..");
}
