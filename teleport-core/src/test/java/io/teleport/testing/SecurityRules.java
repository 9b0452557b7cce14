package io.teleport.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What no class of any module may do. */
public final class SecurityRules {

    private static final Set<String> METHODS_THAT_LET_DATA_NAME_CLASSES = Set.of(
            "activateDefaultTyping",
            "activateDefaultTypingAsProperty",
            "polymorphicTypeValidator",
            "setPolymorphicTypeValidator");

    /** What comes from the other side never says which class is made of it. */
    public static final ArchRule NOTHING_IS_MADE_OF_WHAT_NAMES_ITS_CLASS = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectOutputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.beans.XMLDecoder")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.yaml.snakeyaml..",
                    "java.rmi..",
                    "javax.naming..",
                    "javax.script..",
                    "io.netty.handler.codec.serialization..",
                    "tools.jackson.databind.jsontype..")
            .orShould()
            .callMethodWhere(describe(
                    "lets data name its class",
                    (JavaCall<?> call) -> METHODS_THAT_LET_DATA_NAME_CLASSES.contains(
                            call.getTarget().getName())));

    private SecurityRules() {}
}
