package io.teleport.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTests {

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(LogText.of("I am here, Ådne \"x\"")).isEqualTo("I am here, Ådne \"x\"");
    }

    @Test
    void nobodyWritesLinesOfHisOwn() {
        assertThat(LogText.of("x\r\nERROR all is lost\u001b[2J\u2028"))
                .isEqualTo("x\ufffd\ufffdERROR all is lost\ufffd[2J\ufffd");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(LogText.of("x".repeat(1 << 20))).hasSize(201).endsWith("…");
    }
}
