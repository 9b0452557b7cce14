package io.teleport.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what one side sent with what the other received. */
final class Reconciliation {

    private static final int FINDINGS = 50;

    private final Ledger sender;

    private final Ledger receiver;

    private final List<String> findings = new ArrayList<>();

    private final Map<Op, Map<String, Integer>> table = new EnumMap<>(Op.class);

    private int longestLoss;

    private long problems;

    Reconciliation(Ledger sender, Ledger receiver) {
        this.sender = sender;
        this.receiver = receiver;
        for (int id = 1; id <= sender.count(); id++) {
            Op op = sender.op(id);
            count(op, "sent");
            if (op.isPush()) {
                push(id, op);
            } else {
                call(id, op);
            }
        }
        for (int id = sender.count() + 1; id <= sender.count() + 1000; id++) {
            check(!receiver.wasReceived(id), "received, and never sent", id);
        }
        receiver.gaps().forEach(gap -> gap(gap[0], gap[1]));
        sender.complaints().forEach(this::add);
    }

    private void count(Op op, String what) {
        table.computeIfAbsent(op, key -> new TreeMap<>()).merge(what, 1, Integer::sum);
    }

    private void check(boolean holds, String finding, int id) {
        if (!holds) {
            add(finding + ": "
                    + (id <= sender.count()
                            ? sender.op(id) + " " + id + ", " + sender.outcome(id) + ", received "
                                    + receiver.timesReceived(id) + " times, sent at "
                                    + sender.sentAt(id) + " ms on link " + sender.linkOf(id) + ", which ended at "
                                    + sender.endOf(sender.linkOf(id))
                            : "number " + id));
        }
    }

    private void add(String finding) {
        problems++;
        if (findings.size() < FINDINGS) {
            findings.add(finding);
        }
    }

    private void call(int id, Op op) {
        Outcome outcome = sender.outcome(id);
        int times = receiver.timesReceived(id);
        int link = sender.linkOf(id);
        count(op, outcome.toString());
        check(outcome != Outcome.PENDING, "a call without outcome", id);
        check(outcome != Outcome.WRONG, "a wrong reply", id);
        check(outcome != Outcome.UNEXPECTED, "an unexpected status", id);
        check(times <= 1 || op == Op.ECHO_IDEMPOTENT, "a call handled more than once", id);
        check(
                times > 0 || (outcome != Outcome.OK && outcome != Outcome.DECLINED && outcome != Outcome.NO_ROOM),
                "answered, and never handled",
                id);
        check(times == 0 || outcome != Outcome.NOT_SENT || op.callsBack(), "reported not sent, and handled", id);
        check(
                op.expects(outcome) || !outcome.needsAnEnd() || sender.hasEnded(link),
                "failed on a connection that never ended",
                id);
        check(op.expects(outcome) || !sender.isCalm(link), "failed where nothing happens", id);
        check(outcome != Outcome.OK || op != Op.DECLINE, "not declined", id);
    }

    private void push(int id, Op op) {
        Outcome outcome = sender.outcome(id);
        int times = receiver.timesReceived(id);
        int link = sender.linkOf(id);
        check(outcome != Outcome.PENDING, "a push without outcome", id);
        check(outcome != Outcome.UNEXPECTED && outcome != Outcome.WRONG, "an unexpected status", id);
        check(times <= 1, "a push handled more than once", id);
        check(times == 0 || outcome != Outcome.NOT_SENT, "reported not sent, and handled", id);
        check(outcome == Outcome.OK || !sender.isCalm(link), "failed where nothing happens", id);
        check(!outcome.needsAnEnd() || sender.hasEnded(link), "failed on a connection that never ended", id);
        if (times > 0) {
            count(op, outcome == Outcome.OK ? "received" : "received, and reported " + outcome);
        } else if (outcome == Outcome.OK) {
            check(sender.hasEnded(link), "lost on a connection that never ended", id);
            count(op, "lost: written to a connection that was cut");
            longestLoss = Math.max(longestLoss, sender.endOf(link) - sender.sentAt(id));
        } else {
            count(op, "lost: reported " + outcome);
        }
    }

    /** The receiver missed something between two ordered pushes that came one after the other over one connection. */
    private void gap(int expected, int found) {
        for (int id = expected; id > found; id = sender.previous(id)) {
            check(
                    sender.outcome(id) != Outcome.OK,
                    "an ordered push lost between two that came over one connection",
                    id);
        }
    }

    List<String> findings() {
        return findings;
    }

    long problems() {
        return problems;
    }

    /** Between the sending of a push that was lost and the end of its connection. */
    int longestLossMillis() {
        return longestLoss;
    }

    /** Rows of a Markdown table. */
    String rows(String side) {
        StringBuilder rows = new StringBuilder();
        table.forEach((op, counts) -> {
            int sent = counts.remove("sent");
            int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
            if (sum != sent) {
                add(side + ": " + op + ": " + sent + " sent, but " + sum + " accounted for");
            }
            rows.append("| ")
                    .append(side)
                    .append(" | ")
                    .append(op)
                    .append(" | ")
                    .append(sent)
                    .append(" | ");
            rows.append(String.join(
                    ", ",
                    counts.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .toList()));
            rows.append(" |\n");
        });
        return rows.toString();
    }
}
