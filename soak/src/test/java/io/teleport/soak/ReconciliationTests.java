package io.teleport.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an account must not accept. */
class ReconciliationTests {

    private final Ledger sender = new Ledger(100, 10);

    private final Ledger receiver = new Ledger(100, 10);

    private final int link = sender.newLink(false);

    private int sent(Op op, Outcome outcome, int times) {
        return sent(op, outcome, times, 0);
    }

    private int sent(Op op, Outcome outcome, int times, int previous) {
        int id = sender.begin(op, link, previous);
        sender.end(id, outcome);
        for (int i = 0; i < times; i++) {
            receiver.received(id);
        }
        return id;
    }

    private List<String> findings() {
        Reconciliation account = new Reconciliation(sender, receiver);
        account.rows("test");
        return account.findings();
    }

    @Test
    void answeredCallsAndPushesThatArrivedAreFine() {
        sent(Op.ECHO_JSON, Outcome.OK, 1);
        sent(Op.ECHO_IDEMPOTENT, Outcome.OK, 2);
        sent(Op.DECLINE, Outcome.DECLINED, 1);
        sent(Op.DEADLINE, Outcome.TIMED_OUT, 0);
        sent(Op.CANCEL, Outcome.CANCELLED, 1);
        sent(Op.PUSH, Outcome.OK, 1);
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatFailedOnALinkThatEndedIsFine() {
        sent(Op.ECHO_JSON, Outcome.CLOSED, 1);
        sent(Op.PUSH, Outcome.OK, 0);
        sent(Op.PUSH, Outcome.CLOSED, 0);
        sender.linkEnded(link);
        assertThat(findings()).isEmpty();
    }

    @Test
    void nothingGetsLostOnALinkThatLives() {
        sent(Op.ECHO_JSON, Outcome.CLOSED, 1);
        sent(Op.ECHO_JSON, Outcome.TIMED_OUT, 0);
        sent(Op.PUSH, Outcome.OK, 0);
        sent(Op.PUSH, Outcome.CLOSED, 0);
        sender.settle();
        sender.linkEnded(link);
        assertThat(findings()).hasSize(4).allMatch(finding -> finding.contains("that never ended"));
    }

    @Test
    void aCallIsHandledOnceAndHasAnOutcome() {
        sender.begin(Op.ECHO_JSON, link, 0);
        sent(Op.ECHO_JSON, Outcome.OK, 2);
        sent(Op.ECHO_JSON, Outcome.OK, 0);
        sent(Op.ECHO_JSON, Outcome.NOT_SENT, 1);
        sent(Op.ECHO_JSON, Outcome.WRONG, 1);
        sent(Op.ECHO_JSON, Outcome.UNEXPECTED, 1);
        assertThat(findings())
                .extracting(finding -> finding.substring(0, finding.indexOf(':')))
                .containsExactly(
                        "a call without outcome",
                        "a call handled more than once",
                        "answered, and never handled",
                        "reported not sent, and handled",
                        "a wrong reply",
                        "an unexpected status");
    }

    @Test
    void anOutcomeIsFinal() {
        int id = sent(Op.ECHO_JSON, Outcome.OK, 1);
        sender.end(id, Outcome.CLOSED);
        assertThat(findings()).containsExactly("ECHO_JSON 1 has a second outcome: CLOSED after OK");
    }

    @Test
    void aPushThatWasWrittenBetweenTwoThatCameOverOneConnectionMustHaveCome() {
        int first = sent(Op.PUSH_ORDERED, Outcome.OK, 1);
        int refused = sent(Op.PUSH_ORDERED, Outcome.NOT_SENT, 0, first);
        int lost = sent(Op.PUSH_ORDERED, Outcome.OK, 0, refused);
        sent(Op.PUSH_ORDERED, Outcome.OK, 1, lost);
        receiver.gap(lost, first);
        sender.linkEnded(link);
        assertThat(findings()).singleElement().asString().startsWith("an ordered push lost between two");
    }

    @Test
    void whatNobodySentIsNotReceived() {
        receiver.received(7);
        assertThat(findings()).containsExactly("received, and never sent: number 7");
    }

    @Test
    void theLineThroughSamplesShowsAGrowthThatSingleSamplesHide() {
        List<Sampler.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long noise = i % 2 == 0 ? 3000 : 0;
            samples.add(new Sampler.Sample(i, 10_000 + noise + 100L * i, 10_000 + noise, 20, 7, 30));
        }
        assertThat(Trend.of("heap", samples, Sampler.Sample::heap, 2000).isFlat())
                .isFalse();
        assertThat(Trend.of("direct", samples, Sampler.Sample::direct, 2000).isFlat())
                .isTrue();
        assertThat(Trend.of("few", samples.subList(0, 5), Sampler.Sample::direct, 2000)
                        .isFlat())
                .isFalse();
    }
}
