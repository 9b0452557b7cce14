package io.teleport.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.filter.TransferFilters;
import io.teleport.message.FilterIds;
import io.teleport.message.Message;
import io.teleport.message.MessageHeader;
import io.teleport.message.MessageType;
import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.ProtocolContext;
import io.teleport.protocol.raw.RawProtocol;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One end of a connection that sends and reads single messages of the raw protocol, and does nothing by itself. */
final class RawConversation implements AutoCloseable {

    private final FrameCodec codec = new RawProtocol()
            .newFrameCodec(new ProtocolContext(
                    false, PeerDefaults.MESSAGE_LIMIT, TransferFilters.of(List.of()), ByteBufAllocator.DEFAULT));

    private final Socket socket;

    private final DataInputStream in;

    RawConversation(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
    }

    static RawConversation with(Peer server) throws IOException {
        return new RawConversation(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    /** A message as it came. */
    record Heard(MessageType type, int sequence, String serviceMethod, Status status, int codec, String body) {}

    void say(MessageType type, int sequence, String serviceMethod, Status status, int bodyCodec, String body)
            throws IOException {
        socket.getOutputStream().write(frame(type, sequence, serviceMethod, status, bodyCodec, body));
    }

    byte[] frame(MessageType type, int sequence, String serviceMethod, Status status, int bodyCodec, String body) {
        ByteBuf frame = Unpooled.buffer();
        codec.encode(
                new MessageHeader(
                        sequence, type.id(), serviceMethod, status, Metadata.empty(), bodyCodec, FilterIds.none()),
                out -> out.writeCharSequence(body, StandardCharsets.UTF_8),
                frame);
        return ByteBufUtil.getBytes(frame);
    }

    /** Sends bytes as they are, all at once. */
    void say(byte[]... frames) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(frames)));
    }

    Heard hear() throws IOException {
        int size = in.readInt();
        byte[] rest = new byte[size - Integer.BYTES];
        in.readFully(rest);
        Message message = Objects.requireNonNull(
                codec.decode(Unpooled.buffer().writeInt(size).writeBytes(rest)), "a whole frame");
        String body = message.body().toString(StandardCharsets.UTF_8);
        message.release();
        MessageHeader header = message.header();
        return new Heard(
                header.type(), header.sequence(), header.serviceMethod(), header.status(), header.bodyCodec(), body);
    }

    /** Waits until the other side has closed, and gives what it still sent. */
    byte[] rest() throws IOException {
        return in.readAllBytes();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
