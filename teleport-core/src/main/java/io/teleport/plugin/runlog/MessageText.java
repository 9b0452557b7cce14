package io.teleport.plugin.runlog;

import io.netty.buffer.ByteBuf;
import io.teleport.codec.LoggedStatus;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.session.IncomingMessage;
import io.teleport.session.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a line says of one message. */
final class MessageText {

    private static final String HIDDEN = "***";

    private final RunLogOptions options;

    private final Set<String> secretKeys;

    private final BodyText bodies = new BodyText();

    MessageText(RunLogOptions options) {
        this.options = options;
        this.secretKeys = options.secretMetadata().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    String of(OutgoingMessage message) {
        IncomingMessage call = message.call();
        return text(
                message.size(),
                message.type() == MessageType.REPLY ? message.status() : null,
                message.metadata(),
                call == null ? message.serviceMethod() : call.serviceMethod(),
                message.status().isOk() ? message.body() : null);
    }

    String of(IncomingMessage message) {
        return text(
                message.size(),
                message.type() == MessageType.REPLY ? message.status() : null,
                message.metadata(),
                message.serviceMethod(),
                message.body());
    }

    /** An answer of which only the status is known. */
    String ofBare(Status status) {
        return text(0, status, Metadata.empty(), "", null);
    }

    private String text(
            int size, @Nullable Status status, Metadata metadata, String serviceMethod, @Nullable Object body) {
        StringBuilder text = new StringBuilder().append("{\"size\":").append(size);
        if (status != null) {
            text.append(",\"status\":").append(StatusText.of(LoggedStatus.of(status)));
        }
        if (options.detail()) {
            if (!metadata.isEmpty()) {
                text.append(",\"meta\":").append(bodies.quote(shown(metadata).toQuery()));
            }
            if (body != null) {
                text.append(",\"body\":").append(shown(serviceMethod, body));
            }
        }
        return text.append('}').toString();
    }

    private Metadata shown(Metadata metadata) {
        Metadata.Builder shown = Metadata.builder();
        for (Metadata.Entry entry : metadata.entries()) {
            boolean secret = secretKeys.contains(entry.key().toLowerCase(Locale.ROOT));
            shown.add(entry.key(), secret ? HIDDEN : entry.value());
        }
        return shown.build();
    }

    private String shown(String serviceMethod, Object body) {
        if (options.secretRoutes().contains(serviceMethod)) {
            return bodies.quote(HIDDEN);
        }
        if (body instanceof byte[] bytes) {
            return bodies.quote(new String(bytes, StandardCharsets.UTF_8));
        }
        if (body instanceof ByteBuf bytes) {
            // Lent to somebody: by now it may be gone.
            return bytes.refCnt() == 0 ? "\"\"" : bodies.quote(bytes.toString(StandardCharsets.UTF_8));
        }
        return bodies.write(body);
    }
}
