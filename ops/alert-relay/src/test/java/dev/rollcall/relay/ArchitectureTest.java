package dev.rollcall.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.discovery.testing.ArchitectureRules;

@AnalyzeClasses(packages = "dev.rollcall.relay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule domainIsPlainJava = classes()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..domain..",
                    "java.lang..",
                    "java.nio.charset..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule deliveryKnowsNoServer = noClasses()
            .that()
            .resideInAnyPackage("..alertmanager..", "..queue..", "..delivery..", "..dingtalk..", "..phone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.helidon..", "..relay.http..");

    @ArchTest
    static final ArchRule usesChassisAndDiscovery =
            ArchitectureRules.dependsOnlyOn("dev.rollcall.relay", "dev.rollcall.chassis", "dev.rollcall.discovery");

    @ArchTest
    static final ArchRule packagesFormNoCycle = ArchitectureRules.noCycles("dev.rollcall.relay");
}
