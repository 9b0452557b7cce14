package io.teleport.interop.cells;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.interop.bodies.BodyForm;
import io.teleport.interop.bodies.Sample;
import io.teleport.interop.peers.Answer;
import io.teleport.interop.peers.ClientSide;
import io.teleport.interop.peers.Outcome;
import io.teleport.interop.peers.ServerSide;
import io.teleport.message.Status;

/** Tries cells between two peers. */
public record CellRun(Direction direction, ClientSide client, ServerSide server) {

    private static final int NUMBER = 1234;

    /** One is enough, unless its reply overtakes the one that is withheld. */
    private static final int CALLS_BEHIND = 10;

    private static final int MEGABYTE = 1 << 20;

    /** Gives {@link GoLimits#OK}, or code and cause of the status that stood in the way. */
    public String verdict(Cell cell) {
        Sample sample = cell.form().sample(NUMBER, cell + " <of> snow & \u2603, 100%+1");
        return switch (cell.kind()) {
            case CALL -> call(cell, sample);
            case ERROR -> error(cell, sample);
            case PUSH -> push(cell, sample);
            case BIG -> big(cell);
        };
    }

    private String call(Cell cell, Sample sample) {
        BodyForm<?> form = cell.form();
        Outcome<Sample> outcome =
                client.begin(form.change(), form, sample, cell.filters().ids()).await();
        if (!outcome.status().isOk()) {
            return describe(outcome.status());
        }
        Sample answer = sent(form, sample).changed();
        assertThat(outcome.value()).isEqualTo(direction.toGo() ? form.writtenByGo(answer) : answer);
        return assertArrival(cell, form.change());
    }

    private Sample sent(BodyForm<?> form, Sample sample) {
        return direction.fromGo() ? form.writtenByGo(sample) : sample;
    }

    private String assertArrival(Cell cell, String method) {
        assertThat(server.awaitCall(method).filters()).isEqualTo(cell.filters().ids());
        return GoLimits.OK;
    }

    private String error(Cell cell, Sample sample) {
        BodyForm<?> form = cell.form();
        Answer<Sample> answer =
                client.begin(form.fail(), form, sample, cell.filters().ids());
        if (GoLimits.withholdsErrors(direction, cell)) {
            server.awaitCall(form.fail());
            for (int i = 0; i < CALLS_BEHIND; i++) {
                client.begin(form.change(), form, sample, "").await();
            }
        }
        Outcome<Sample> outcome = answer.await();
        Status expected = Status.of(form.failure(sample), sample.text(), "as asked for");
        if (outcome.status().isOk()) {
            return GoLimits.LOST_STATUS;
        }
        if (!outcome.status().equals(expected)) {
            return describe(outcome.status());
        }
        return assertArrival(cell, form.fail());
    }

    private String push(Cell cell, Sample sample) {
        BodyForm<?> form = cell.form();
        Status status = client.push(form.push(), form, sample, cell.filters().ids());
        if (!status.isOk()) {
            return describe(status);
        }
        assertThat(server.awaitPush(form.push()).sample(form)).isEqualTo(sent(form, sample));
        return GoLimits.OK;
    }

    private String big(Cell cell) {
        BodyForm<?> form = cell.form();
        Outcome<Boolean> outcome =
                client.callBig(form.change(), form, MEGABYTE, cell.filters().ids());
        if (!outcome.status().isOk()) {
            return describe(outcome.status());
        }
        assertThat(outcome.value()).as("the text came back as it should").isTrue();
        return assertArrival(cell, form.change());
    }

    private static String describe(Status status) {
        return (status.code() + " " + status.causeOrMsg()).strip();
    }
}
