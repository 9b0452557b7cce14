package io.teleport.boot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.teleport.testing.SecurityRules;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** Who may know whom in the starter; docs/architecture.md draws it. */
class ArchitectureTests {

    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.teleport.boot");

    @Test
    void roomsKnowOnlyWhatLiesBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.teleport.boot..")
                .layer("autoconfigure")
                .definedBy("io.teleport.boot.autoconfigure..")
                .layer("actuate")
                .definedBy("io.teleport.boot.actuate")
                .layer("health")
                .definedBy("io.teleport.boot.health")
                .layer("metrics")
                .definedBy("io.teleport.boot.metrics")
                .layer("lifecycle")
                .definedBy("io.teleport.boot.lifecycle")
                .layer("client")
                .definedBy("io.teleport.boot.client")
                .layer("handler")
                .definedBy("io.teleport.boot.handler")
                .layer("front door")
                .definedBy("io.teleport.boot")
                .whereLayer("autoconfigure")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("actuate")
                .mayOnlyBeAccessedByLayers("autoconfigure")
                .whereLayer("health")
                .mayOnlyBeAccessedByLayers("autoconfigure")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("autoconfigure")
                .whereLayer("lifecycle")
                .mayOnlyBeAccessedByLayers("autoconfigure")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("autoconfigure", "actuate", "health", "lifecycle")
                .whereLayer("handler")
                .mayOnlyBeAccessedByLayers("autoconfigure", "client")
                .check(STARTER);
    }

    @Test
    void everyPackageIsInARoom() {
        assertThat(STARTER)
                .extracting(JavaClass::getPackageName)
                .allMatch(
                        name -> name.matches("io\\.teleport\\.boot(\\.(actuate|client|handler|health|lifecycle|metrics"
                                + "|autoconfigure(\\.(actuate|health|metrics))?))?"));
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.teleport.boot.(**)").should().beFreeOfCycles().check(STARTER);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(STARTER).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    @Test
    void onlyTheirOwnRoomsKnowOptionalLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.teleport.boot.metrics", "io.teleport.boot.autoconfigure.metrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(STARTER);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.teleport.boot.actuate",
                        "io.teleport.boot.health",
                        "io.teleport.boot.autoconfigure.actuate",
                        "io.teleport.boot.autoconfigure.health")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..")
                .check(STARTER);
    }

    @Test
    void nothingIsMadeOfWhatNamesItsClass() {
        SecurityRules.NOTHING_IS_MADE_OF_WHAT_NAMES_ITS_CLASS.check(STARTER);
    }

    @Test
    void autoConfigurationsAreFinalAndOfferNothingToCallers() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .check(STARTER);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .notBePublic()
                .check(STARTER);
    }
}
