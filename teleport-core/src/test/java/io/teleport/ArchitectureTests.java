package io.teleport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.teleport");

    @Test
    void everyPackageIsInARoom() {
        classes()
                .should(be("in a room", type -> Rooms.isPlanned(type.getPackageName())))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void roomsKnowOnlyWhatLiesBelow() {
        classes().should(knowOnlyWhatTheirRoomMayKnow()).allowEmptyShould(true).check(CORE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.teleport.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(be("in a @NullMarked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class)))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void theCoreKnowsNothingOfSpring() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    private static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> predicate) {
        return new ArchCondition<>("be " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type, predicate.test(type), type.getName() + " is not " + description));
            }
        };
    }

    private static ArchCondition<JavaClass> knowOnlyWhatTheirRoomMayKnow() {
        return new ArchCondition<>("know only what their room may know") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(ArchitectureTests::isInsideTheHouse)
                        .forEach(dependency -> events.add(new SimpleConditionEvent(
                                dependency,
                                Rooms.mayKnow(type.getPackageName(), targetPackage(dependency)),
                                dependency.getDescription())));
            }
        };
    }

    private static boolean isInsideTheHouse(Dependency dependency) {
        return (targetPackage(dependency) + ".").startsWith("io.teleport.");
    }

    private static String targetPackage(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType().getPackageName();
    }
}
