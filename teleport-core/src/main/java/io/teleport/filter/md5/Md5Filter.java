package io.teleport.filter.md5;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.teleport.filter.FilterException;
import io.teleport.filter.FilterLimitException;
import io.teleport.filter.TransferFilter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Appends the 16 bytes of the content's MD5 digest, and checks them on reading. Go's messages carry the same. */
public final class Md5Filter implements TransferFilter {

    private static final int DIGEST_LENGTH = 16;

    private final int id;

    /** @param id the id both sides agreed upon, customarily {@code 'm'} */
    public Md5Filter(int id) {
        this.id = id;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return "md5";
    }

    @Override
    public void encode(ByteBuf in, ByteBuf out) {
        out.writeBytes(in, in.readerIndex(), in.readableBytes());
        out.writeBytes(digest(in));
    }

    @Override
    public void decode(ByteBuf in, ByteBuf out, int limit) {
        int length = in.readableBytes() - DIGEST_LENGTH;
        if (length < 0) {
            throw new FilterException(
                    "md5: check failed, " + in.readableBytes() + " bytes cannot hold a digest of " + DIGEST_LENGTH);
        }
        if (length > limit) {
            throw new FilterLimitException(name(), limit);
        }
        ByteBuf content = in.slice(in.readerIndex(), length);
        byte[] announced = ByteBufUtil.getBytes(in, in.readerIndex() + length, DIGEST_LENGTH);
        if (!MessageDigest.isEqual(announced, digest(content))) {
            throw new FilterException("md5: check failed, the digest does not match the content");
        }
        out.writeBytes(content);
    }

    private static byte[] digest(ByteBuf content) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (var part : content.nioBuffers()) {
                md5.update(part);
            }
            return md5.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
