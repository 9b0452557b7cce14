package io.teleport.soak;

import io.teleport.peer.PeerDefaults;
import io.teleport.soak.Sampler.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;

/** The account, as Markdown. */
final class Report {

    private static final double MEBIBYTE = 1 << 20;

    /** In some hundred thousand messages and some hundred connections it would be seen if any of them left an object behind. */
    private static final double HEAP_GROWTH = 4 * MEBIBYTE;

    /** The allocator takes memory in chunks; two of 4 MiB. */
    private static final double DIRECT_GROWTH = 8 * MEBIBYTE;

    private static final double THREADS_GROWTH = 4;

    private static final int POOL_THREADS_OF_A_PEER = Door.HANDLER_THREADS + PeerDefaults.COMPLETION_THREADS;

    private static final double FILES_GROWTH = 10;

    private final Settings settings;

    private final Ledger client;

    private final Ledger server;

    private final Latencies latencies;

    private final List<String> findings = new ArrayList<>();

    private final StringBuilder open = new StringBuilder();

    Report(Settings settings, Ledger client, Ledger server, Latencies latencies) {
        this.settings = settings;
        this.client = client;
        this.server = server;
        this.latencies = latencies;
    }

    void open(String what, String found, String expected) {
        open.append("| ")
                .append(what)
                .append(" | ")
                .append(found)
                .append(" | ")
                .append(expected)
                .append(" |\n");
        if (!found.equals(expected)) {
            findings.add("open at the end, " + what + ": " + found + ", expected " + expected);
        }
    }

    /** Prints it, too; false if something does not hold. */
    boolean write(String faultRows, String clientClosed) throws IOException {
        Reconciliation toServer = new Reconciliation(client, server);
        Reconciliation toClient = new Reconciliation(server, client);
        String messages = toServer.rows("client") + toClient.rows("server");
        findings.addAll(toServer.findings());
        findings.addAll(toClient.findings());
        String trends = trends("client") + trends("server");
        long[] lines = {lines(" ERROR "), lines("LEAK:")};
        if (lines[0] + lines[1] > 0) {
            findings.add("lines in client.log and server.log: " + lines[0] + " ERROR, " + lines[1] + " LEAK");
        }
        List<String> fromServer =
                List.of(Files.readString(settings.serverReport()).split("---\n", 2));
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "# Soak of %.1f minutes: %s%n%n", settings.minutes(), findings.isEmpty() ? "all holds" : "FAILED"));
        text.append(String.format(
                "JDK %s, %d processors. %d calls and pushes of the client, %d of the server; %d and %d links.%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                client.count(),
                server.count(),
                client.linkCount(),
                server.linkCount()));
        findings.forEach(finding -> text.append("- ").append(finding).append('\n'));
        long problems = toServer.problems() + toClient.problems();
        text.append(String.format("%n%d problems in the account of messages.%n", problems));
        text.append("\n## Messages\n\n| sender | kind | sent | of which |\n|---|---|---|---|\n")
                .append(messages);
        text.append(String.format(
                "%nThe longest time between a push that was lost and the end of its connection: %d ms to the server, %d ms to the client.%n",
                toServer.longestLossMillis(), toClient.longestLossMillis()));
        text.append("\n## Faults\n\n| fault | times |\n|---|---|\n")
                .append(faultRows)
                .append(fromServer.get(0));
        text.append("| client's sockets closed, by reason | ")
                .append(clientClosed)
                .append(" |\n");
        text.append("\n## Open at the end, before closing\n\n| | found | expected |\n|---|---|---|\n")
                .append(open);
        text.append(
                        "\n## Memory, threads, files\n\n| process | figure | samples | mean | least | most | growth | limit | flat |\n")
                .append("|---|---|---|---|---|---|---|---|---|\n")
                .append(trends);
        text.append("\n## Time to the answer, in ms from when the call was due\n\n")
                .append(
                        "| caller | kind | answered | p50 | p90 | p99 | p99.9 | max |\n|---|---|---|---|---|---|---|---|\n")
                .append(latencies.rows("client"))
                .append(fromServer.get(1));
        Files.writeString(settings.folder().resolve("report.md"), text);
        System.out.println(text);
        return findings.isEmpty();
    }

    private String trends(String side) throws IOException {
        List<Sample> samples = Sampler.read(settings.samplesOf(side));
        StringBuilder rows = new StringBuilder();
        for (Trend trend : List.of(
                Trend.of("heap, MiB", samples, Sample::heap, HEAP_GROWTH),
                Trend.of("direct, MiB", samples, Sample::direct, DIRECT_GROWTH))) {
            rows.append(add(side, trend, MEBIBYTE));
        }
        for (Trend trend : List.of(
                Trend.of("threads but for pools", samples, Sample::threads, THREADS_GROWTH),
                Trend.of("open files", samples, Sample::files, FILES_GROWTH))) {
            rows.append(add(side, trend, 1));
        }
        long poolLimit = POOL_THREADS_OF_A_PEER * (side.equals("client") ? 1L : Door.values().length);
        LongSummaryStatistics ofPools =
                samples.stream().mapToLong(Sample::poolThreads).summaryStatistics();
        if (ofPools.getMax() > poolLimit) {
            findings.add(side + ": " + ofPools.getMax() + " threads of pools, limit " + poolLimit);
        }
        rows.append(String.format(
                "| %s | threads of pools | %d | %.1f | %d | %d | - | %d at most | - |%n",
                side, ofPools.getCount(), ofPools.getAverage(), ofPools.getMin(), ofPools.getMax(), poolLimit));
        return rows.toString();
    }

    private String add(String side, Trend trend, double unit) {
        if (!trend.isFlat()) {
            findings.add(side + ": not flat: " + trend);
        }
        return trend.row(side, unit);
    }

    private long lines(String mark) throws IOException {
        long count = 0;
        for (String log : List.of("client.log", "server.log")) {
            Path file = settings.folder().resolve(log);
            if (Files.exists(file)) {
                try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                    count += lines.filter(line -> line.contains(mark)).count();
                }
            }
        }
        return count;
    }
}
