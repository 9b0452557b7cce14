package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.util.ClassUtils;

/** The files by which Spring Boot finds the starter. */
class RegistrationFilesTests {

    @Test
    void autoConfigurationsAreListedInOrderAndExist() {
        List<String> ours = ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> name.startsWith("io.teleport."))
                .toList();
        assertThat(ours)
                .hasSize(4)
                .isSorted()
                .allSatisfy(name ->
                        assertThat(ClassUtils.resolveClassName(name, null)).hasAnnotation(AutoConfiguration.class));
    }

    @Test
    void failureAnalyzersAreListedAndCanBeMade() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(
                                FailureAnalyzer.class,
                                // Those of Boot want a bean factory and are not of interest here.
                                FailureHandler.handleMessage((message, failure) ->
                                        assertThat(message.get()).doesNotContain("[io.teleport."))))
                .filteredOn(analyzer -> analyzer.getClass().getPackageName().startsWith("io.teleport."))
                .extracting(analyzer -> analyzer.getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "InvalidClientFailureAnalyzer",
                        "InvalidHandlerFailureAnalyzer",
                        "InvalidPeerFailureAnalyzer",
                        "ListenFailureAnalyzer",
                        "RouteConflictFailureAnalyzer",
                        "UnknownPeerFailureAnalyzer");
    }
}
