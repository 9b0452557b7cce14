package io.teleport.hostile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.teleport.filter.TransferFilter;
import io.teleport.filter.gzip.GzipFilter;
import io.teleport.filter.md5.Md5Filter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Bodies, and filters, that no well-behaved peer sends. */
final class HostileBodies {

    static final TransferFilter GZIP = new GzipFilter('g');

    static final TransferFilter MD5 = new Md5Filter('m');

    private HostileBodies() {}

    /** A body that gzip makes a thousand times smaller. */
    static byte[] blanks(int length) {
        byte[] blanks = new byte[length];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Begins with the first text, then goes deeper as often, and comes back as often; in between lies the last. */
    static byte[] nested(String begin, String deeper, int depth, String innermost, String back, String end) {
        return ascii(begin + deeper.repeat(depth) + innermost + back.repeat(depth) + end);
    }

    /** A filter of the same id and name, whose output is damaged afterwards. */
    static TransferFilter damaged(TransferFilter honest, UnaryOperator<byte[]> damage) {
        return new Damaged(honest, damage);
    }

    /** Cuts off the last bytes. */
    static UnaryOperator<byte[]> without(int bytes) {
        return whole -> Arrays.copyOf(whole, Math.max(0, whole.length - bytes));
    }

    /** Changes a byte, counted from the end. */
    static UnaryOperator<byte[]> wrongAt(int fromEnd) {
        return whole -> {
            byte[] wrong = whole.clone();
            wrong[wrong.length - fromEnd] ^= 0x55;
            return wrong;
        };
    }

    private record Damaged(TransferFilter honest, UnaryOperator<byte[]> damage) implements TransferFilter {

        @Override
        public int id() {
            return honest.id();
        }

        @Override
        public String name() {
            return honest.name();
        }

        @Override
        public String contentCoding() {
            return honest.contentCoding();
        }

        @Override
        public void encode(ByteBuf in, ByteBuf out) {
            ByteBuf good = Unpooled.buffer();
            honest.encode(in, good);
            out.writeBytes(damage.apply(ByteBufUtil.getBytes(good)));
            good.release();
        }

        @Override
        public void decode(ByteBuf in, ByteBuf out, int limit) {
            honest.decode(in, out, limit);
        }
    }
}
