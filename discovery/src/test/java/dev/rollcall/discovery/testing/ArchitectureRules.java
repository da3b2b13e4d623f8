package dev.rollcall.discovery.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.stream.Stream;

/** Architecture rules for every module. */
public final class ArchitectureRules {
    private ArchitectureRules() {}

    /** The packages of a module, its root package included, form no cycle. */
    public static ArchRule noCycles(String root) {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        String name = type.getPackageName();
                        return (name + ".").startsWith(root + ".")
                                ? SliceIdentifier.of(name)
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages of " + root;
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    /** Of this project, a module uses only its own packages and those of the given modules. */
    public static ArchRule dependsOnlyOn(String root, String... others) {
        String[] allowed = Stream.concat(Stream.of(root), Arrays.stream(others))
                .map(module -> module + "..")
                .toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.rollcall..").and(resideOutsideOfPackages(allowed)));
    }

    /** The domain uses only {@code java.lang}, {@code java.time}, {@code java.util} and the given packages. */
    public static ArchRule domainIsPlainJava(String... others) {
        String[] allowed = Stream.concat(
                        Stream.of("..domain..", "java.lang..", "java.time..", "java.util..", "org.jspecify.."),
                        Arrays.stream(others))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("..domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    /** Only the store uses SQL. */
    public static ArchRule onlyTheStoreUsesSql() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("..store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "com.zaxxer..");
    }

    /** The store uses no HTTP, no client and no meters. */
    public static ArchRule theStoreUsesNoHttp() {
        return noClasses()
                .that()
                .resideInAPackage("..store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..", "..http..", "..client..", "..metrics..");
    }
}
