package io.teleport.hostile;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A family of attacks on a target that listens on each wire in turn. */
@ParameterizedClass
@EnumSource(Wire.class)
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireCase {

    @Parameter
    Wire wire;

    Target target;

    /** What is attacked. */
    Target open(Wire wire) {
        return new Target(wire);
    }

    @BeforeParameterizedClassInvocation
    void listen(Wire wire) {
        target = open(wire);
    }

    @AfterParameterizedClassInvocation
    void close() {
        target.close();
    }
}
