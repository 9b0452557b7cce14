package io.teleport.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class StatusExceptionTests {

    @Test
    void itsMessageShowsWhatTheStatusHas() {
        assertThat(new StatusException(404, "Not Found")).hasMessage("404 Not Found");
        assertThat(Status.builtIn(404).toException()).hasMessage("404 Not Found");
        assertThat(new StatusException(1234, "m", "c")).hasMessage("1234 m: c");
        assertThat(new StatusException(Status.of(500, "", "disk full"))).hasMessage("500: disk full");
        assertThat(new StatusException(Status.of(7))).hasMessage("7");
    }

    @Test
    void itKeepsTheLocalCauseApartFromTheStatus() {
        Exception cause = new IllegalStateException("local");
        StatusException exception = new StatusException(Status.builtIn(500), cause);

        assertThat(exception).hasCause(cause).hasMessage("500 Internal Server Error");
        assertThat(exception.status()).isSameAs(Status.builtIn(500));
    }

    @Test
    void withoutStackTraceItHasNone() {
        StatusException exception = StatusException.withoutStackTrace(Status.builtIn(102));

        assertThat(exception.getStackTrace()).isEmpty();
        assertThat(exception.status()).isSameAs(Status.builtIn(102));
        assertThat(exception).hasMessage("102 Connection Closed").hasNoCause();
    }

    @Test
    void theCopyForACallerHasTheCallersStackTraceAndTheOriginalAsCause() {
        StatusException original = StatusException.withoutStackTrace(Status.builtIn(408));

        StatusException copy = original.copyForCaller();

        assertThat(copy).hasCause(original).hasMessage(original.getMessage());
        assertThat(copy.status()).isSameAs(original.status());
        assertThat(copy.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("theCopyForACallerHasTheCallersStackTraceAndTheOriginalAsCause");
    }

    @Test
    void itSurvivesJavaSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new StatusException(404, "Not Found", ""));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((StatusException) in.readObject()).status()).isEqualTo(Status.builtIn(404));
        }
    }
}
