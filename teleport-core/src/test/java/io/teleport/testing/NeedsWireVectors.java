package io.teleport.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Skips a test where the wire vectors are absent and need not be there; see {@link WireVectors}. Belongs on every test
 * that reads them.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.teleport.testing.WireVectors#areThereOrMustBe",
        disabledReason = "no wire vectors beside the repository; name their parent with -Dteleport.shared=…")
public @interface NeedsWireVectors {}
