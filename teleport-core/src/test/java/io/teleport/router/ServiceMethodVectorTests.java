package io.teleport.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.testing.KnownDifferences;
import io.teleport.testing.NeedsWireVectors;
import io.teleport.testing.VectorCase;
import io.teleport.testing.WireVectors;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsWireVectors
class ServiceMethodVectorTests {

    static List<VectorCase> cases() {
        return WireVectors.cases(
                "service-method",
                json -> '"' + json.required("prefix").asString() + "\" + \""
                        + json.required("name").asString() + '"');
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void mapsAsRecorded(VectorCase vector) throws Throwable {
        String prefix = vector.string("prefix");
        String name = vector.string("name");

        KnownDifferences.compare(vector, () -> {
            assertThat(ServiceMethodMapper.http().map(prefix, name)).isEqualTo(vector.string("http"));
            assertThat(ServiceMethodMapper.rpc().map(prefix, name)).isEqualTo(vector.string("rpc"));
        });
    }
}
