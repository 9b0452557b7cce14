package io.teleport.protocol.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.message.BodyWriter;
import io.teleport.message.MessageHeader;
import io.teleport.message.Metadata;
import io.teleport.message.WireText;
import io.teleport.protocol.EncodeException;
import io.teleport.protocol.MessageFilters;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages to requests and responses. Thread-safe. */
final class MessageWriter {

    /** What a request says itself, whatever the metadata say. */
    private static final Set<String> OWN_IN_REQUESTS = Set.of("Accept-Encoding", "Content-Encoding", "User-Agent");

    private final MessageFilters filters;

    private final ContentCodings codings;

    MessageWriter(MessageFilters filters, ContentCodings codings) {
        this.filters = filters;
        this.codings = codings;
    }

    void writeRequest(MessageHeader header, BodyWriter body, ByteBuf out) {
        String method = header.serviceMethod();
        if (method.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new EncodeException("http: the service method holds a control character");
        }
        ServiceUrl url = ServiceUrl.parse(method);
        if (url == null) {
            throw new EncodeException("http: the service method has a % that escapes nothing");
        }
        if (url.host().indexOf(' ') >= 0) {
            throw new EncodeException("http: the host in the service method holds a space");
        }
        Metadata.Builder unnamed = Metadata.builder();
        HeadWriter head = new HeadWriter();
        for (Metadata.Entry pair : header.metadata().entries()) {
            String name = FieldNames.isToken(pair.key()) ? FieldNames.canonical(pair.key()) : "";
            if (name.isEmpty()) {
                unnamed.add(pair.key(), pair.value());
            } else if (!OWN_IN_REQUESTS.contains(name)
                    && !(name.equals("Host") && !url.host().isEmpty())) {
                head.add(unreserved(name), oneLine(pair.value()));
            }
        }
        if (!url.host().isEmpty()) {
            head.add("Host", url.host());
        }
        head.add("Accept-Encoding", "gzip");
        head.add("User-Agent", "erpc-httproto/1.1");
        head.add("Content-Type", MediaTypes.ofRequest(header.bodyCodec()));
        addOwn(header, head);
        String startLine = "POST " + url.target(unnamed.build().toQuery()) + " HTTP/1.1";
        if (WireText.encodedLength(startLine) + 2 > HttpLimits.REQUEST_LINE) {
            throw new EncodeException("http: the first line is longer than " + HttpLimits.REQUEST_LINE + " bytes");
        }
        head.write(startLine, content -> filters.apply(header.filters(), body::writeTo, content), out);
    }

    void writeResponse(MessageHeader header, BodyWriter body, @Nullable String connection, ByteBuf out) {
        HeadWriter head = new HeadWriter();
        for (Metadata.Entry pair : header.metadata().entries()) {
            if (!FieldNames.isToken(pair.key())) {
                throw new EncodeException("http: a reply cannot carry the metadata key " + Refusal.quote(pair.key())
                        + ", no name of a header");
            }
            String name = FieldNames.canonical(pair.key());
            if (!name.equals("Content-Encoding")) {
                head.add(unreserved(name), oneLine(pair.value()));
            }
        }
        if (connection != null) {
            head.add("Connection", connection);
        }
        addOwn(header, head);
        if (header.status().isOk()) {
            head.add("Content-Type", MediaTypes.ofResponse(header.bodyCodec()));
            head.write("HTTP/1.1 200 OK", content -> filters.apply(header.filters(), body::writeTo, content), out);
        } else {
            head.add("Content-Type", "application/json");
            String status = header.status().toJson();
            head.write(
                    "HTTP/1.1 299 Business Error",
                    content -> filters.apply(header.filters(), text -> ByteBufUtil.writeUtf8(text, status), content),
                    out);
        }
    }

    private void addOwn(MessageHeader header, HeadWriter head) {
        codings.write(header.filters(), head);
        head.add("X-Mtype", Integer.toString(header.typeId()));
        head.add("X-Seq", Integer.toString(header.sequence()));
    }

    private static String unreserved(String name) {
        if (FieldNames.isReserved(name)) {
            throw new EncodeException(
                    "http: metadata cannot have the key " + name + ", a header of the protocol itself");
        }
        return name;
    }

    /** As Go writes it: line ends become spaces, blanks at both ends are lost. */
    private static String oneLine(String value) {
        String line = value.replace('\r', ' ').replace('\n', ' ');
        return Blanks.trim(line, 0);
    }
}
