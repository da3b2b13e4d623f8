package dev.rollcall.chassis.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** Rules that every module keeps. */
public final class ArchitectureRules {
    private ArchitectureRules() {}

    /** No cycle between a module's packages, its root included. */
    public static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** Of this project, a module uses its own packages and those of some others. */
    public static ArchRule dependsOnlyOn(String root, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("dev.rollcall..")
                                .and(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages(
                                        Stream.concat(Stream.of(root), Arrays.stream(others))
                                                .map(module -> module + "..")
                                                .toArray(String[]::new))));
    }

    /** The domain uses the JDK alone, and nothing of its that is about files, networks or databases. */
    public static ArchRule domainIsPlainJava() {
        return classes()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "..domain..",
                        "java.io",
                        "java.lang..",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..");
    }

    /** SQL stands in the store alone. */
    public static ArchRule onlyTheStoreUsesSql() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("..store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..");
    }

    /** The store uses nothing of HTTP, of clients and of meters. */
    public static ArchRule theStoreUsesNoHttp() {
        return noClasses()
                .that()
                .resideInAPackage("..store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..", "..http..", "..client..", "..metrics..");
    }
}
