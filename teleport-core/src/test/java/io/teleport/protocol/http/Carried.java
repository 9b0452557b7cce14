package io.teleport.protocol.http;

import io.teleport.message.FilterIds;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What HTTP makes of a message that it carries, said in another way than the protocol itself says it. */
final class Carried {

    private static final String NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private Carried() {}

    static boolean isRequest(MessageHeader sent) {
        return sent.type() == MessageType.CALL || sent.type() == MessageType.AUTH_CALL;
    }

    static boolean isPossible(MessageHeader sent) {
        boolean request = isRequest(sent);
        boolean reply = sent.type() == MessageType.REPLY || sent.type() == MessageType.AUTH_REPLY;
        return (request
                        || (reply
                                && sent.metadata().entries().stream()
                                        .allMatch(pair -> pair.key().matches(NAME))))
                && (sent.filters().isEmpty() || sent.filters().equals(FilterIds.of('g')));
    }

    /** @param query metadata that the service method carries behind its path */
    static MessageHeader header(MessageHeader sent, String path, Metadata query, List<Metadata.Entry> more) {
        boolean request = isRequest(sent);
        boolean error = !request && !sent.status().isOk();
        String cause = sent.status().cause();
        return new MessageHeader(
                sent.sequence(),
                sent.typeId(),
                request ? path : "",
                error ? sent.status().withCause(cause == null || cause.isEmpty() ? null : cause) : Status.OK,
                metadata(sent, query, more),
                error ? 'j' : "jpsfx".indexOf(sent.bodyCodec()) >= 0 ? sent.bodyCodec() : 's',
                sent.filters());
    }

    private static Metadata metadata(MessageHeader sent, Metadata query, List<Metadata.Entry> more) {
        List<Metadata.Entry> fields = new ArrayList<>(more);
        Metadata.Builder all = query.toBuilder();
        for (Metadata.Entry pair : sent.metadata().entries()) {
            if (pair.key().matches(NAME)) {
                fields.add(new Metadata.Entry(capitals(pair.key()), pair.value().strip()));
            } else {
                all.add(pair.key(), pair.value());
            }
        }
        if (isRequest(sent)) {
            fields.add(new Metadata.Entry("Accept-Encoding", "gzip"));
            fields.add(new Metadata.Entry("User-Agent", "erpc-httproto/1.1"));
        }
        if (!sent.filters().isEmpty()) {
            fields.add(new Metadata.Entry("Content-Encoding", "gzip"));
        }
        fields.sort(Comparator.comparing(Metadata.Entry::key));
        fields.forEach(field -> all.add(field.key().equals("X-Real-Ip") ? "X-Real-IP" : field.key(), field.value()));
        return all.build();
    }

    private static String capitals(String name) {
        return Stream.of(name.split("-", -1))
                .map(word -> word.isEmpty()
                        ? word
                        : word.substring(0, 1).toUpperCase(Locale.ROOT)
                                + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }
}
