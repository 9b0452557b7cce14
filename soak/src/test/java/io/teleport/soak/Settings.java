package io.teleport.soak;

import java.nio.file.Path;
import java.util.List;

/**
 * How long and how much.
 *
 * @param minutes of traffic
 * @param rate of everything, relative to the ordinary one
 * @param folder for what is left behind
 */
record Settings(double minutes, double rate, Path folder) {

    static final double CLIENT_CALLS = 150;

    static final double CLIENT_PUSHES = 150;

    static final double SERVER_CALLS = 75;

    static final double SERVER_PUSHES = 150;

    /** Also for call-backs, bursts and threads that wait. */
    private static final double MESSAGES_PER_SECOND = 600;

    private static final int LINKS_PER_SECOND = 60;

    static Settings of(List<String> arguments) {
        return new Settings(
                Double.parseDouble(arguments.get(0)),
                Double.parseDouble(System.getProperty("soak.rate", "1")),
                Path.of(arguments.get(1)));
    }

    List<String> arguments() {
        return List.of(Double.toString(minutes), folder.toString());
    }

    Ledger newLedger() {
        double seconds = minutes * 60 + 60;
        return new Ledger((int) (seconds * MESSAGES_PER_SECOND * rate), (int) (seconds * LINKS_PER_SECOND));
    }

    /** Some hundred samples in an hour, some dozens in a few minutes. */
    long sampleMillis() {
        return (long) Math.max(2000, Math.min(15_000, minutes * 60_000 / 60));
    }

    Path samplesOf(String side) {
        return folder.resolve(side + "-samples.csv");
    }

    Path serverLedger() {
        return folder.resolve("server.ledger");
    }

    Path serverReport() {
        return folder.resolve("server-report.md");
    }
}
