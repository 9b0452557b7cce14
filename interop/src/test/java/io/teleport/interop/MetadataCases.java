package io.teleport.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.teleport.interop.peers.Ask;
import io.teleport.interop.peers.JavaClient;
import io.teleport.interop.peers.JavaServer;
import io.teleport.interop.peers.Outcome;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import org.junit.jupiter.api.Test;

/** Metadata of messages in both directions. */
interface MetadataCases extends Pair {

    Metadata RICH = Metadata.builder()
            .add("author", "ada")
            .add("tag", "first")
            .add("tag", "second")
            .add("\u540d\u524d", "\u2603 \ud83d\ude80 \u00e4\u00f6\u00fc")
            .add("empty", "")
            .add("odd=&%+ key", "1 + 1 = 2 & 100%;/?#\t\n")
            .add("tag", "third")
            .build();

    /**
     * How many pairs the handler of a first call sees: a Java caller also tells how long it waits, and that it understands announced shutdowns, which a
     * Java callee takes off.
     */
    private int arriving(Metadata sent) {
        if (!(client() instanceof JavaClient)) {
            return sent.size();
        }
        return sent.size() + (server() instanceof JavaServer ? 1 : 2);
    }

    @Test
    default void metadataOfACallArrivesInOrder() {
        assertResult(client().call(Ask.sum(1, 2).metadata(RICH)), 3);
        assertThat(server().awaitCall("/math/add").metadata()).isEqualTo(RICH);
    }

    @Test
    default void metadataOfAReplyArrivesInOrder() {
        Outcome<Integer> outcome =
                client().call(Ask.of("/echo/meta", 0, Integer.class).metadata(RICH));
        assertResult(outcome, arriving(RICH));
        assertThat(outcome.metadata()).isEqualTo(RICH);
    }

    @Test
    default void metadataOfAnErrorReplyArrives() {
        Outcome<Integer> outcome =
                client().call(Ask.of("/echo/meta", 1002, Integer.class).metadata(RICH));
        assertThat(outcome.status()).isEqualTo(Status.of(1002, "as asked for", ""));
        assertThat(outcome.metadata()).isEqualTo(RICH);
    }

    @Test
    default void metadataOfAPushArrivesInOrder() {
        assertThat(client().push(Ask.push("/status", "x").metadata(RICH)).isOk())
                .isTrue();
        assertThat(server().awaitPush("/status").metadata()).isEqualTo(RICH);
    }

    @Test
    default void sixtyThousandBytesOfMetadataGoBothWays() {
        Metadata large = Metadata.of("large", "x".repeat(60_000 - "large=".length()));
        Outcome<Integer> outcome =
                client().call(Ask.of("/echo/meta", 0, Integer.class).metadata(large));
        assertResult(outcome, arriving(large));
        assertThat(outcome.metadata()).isEqualTo(large);
        assertThat(server().awaitCall("/echo/meta").metadata()).isEqualTo(large);
    }

    @Test
    default void metadataBeyondTheWireIsRefused() {
        assumeTrue(wire().protocol().equals("raw"), "only raw has 16 bits for its length");
        assumeTrue(
                client() instanceof JavaClient, "Go sends it with a wrapped length (behaviour.md section 2, defects)");
        Metadata tooLarge = Metadata.of("large", "x".repeat(70_000));
        Outcome<Integer> call = client().call(Ask.sum(1).metadata(tooLarge));
        assertThat(call.code()).isEqualTo(104);
        assertThat(call.status().cause()).isNotBlank();
        assertThat(client().push(Ask.push("/status", "x").metadata(tooLarge)).code())
                .isEqualTo(104);
        assertSessionWorks();
    }

    @Test
    default void metadataBeyondTheLimitOfRawArrivesElsewhere() {
        assumeTrue(!wire().protocol().equals("raw"), "raw has 16 bits for its length");
        Metadata large = Metadata.of("large", "x".repeat(70_000));
        Outcome<Integer> call = client().call(Ask.sum(1).metadata(large));
        assertThat(call.code()).isZero();
        assertThat(call.value()).isEqualTo(1);
    }
}
