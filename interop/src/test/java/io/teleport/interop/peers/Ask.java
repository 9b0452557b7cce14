package io.teleport.interop.peers;

import io.teleport.message.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A CALL or PUSH to be sent.
 *
 * @param body null for none
 * @param filters filter ids as characters, outermost first
 * @param codec null for the codec of the wire
 * @param <T> type of a call's result
 */
public record Ask<T>(
        String method,
        @Nullable Object body,
        Class<T> resultType,
        Metadata metadata,
        String filters,
        @Nullable String codec) {

    public static <T> Ask<T> of(String method, @Nullable Object body, Class<T> resultType) {
        return new Ask<>(method, body, resultType, Metadata.empty(), "", null);
    }

    public static Ask<Integer> sum(int... numbers) {
        return of("/math/add", numbers, Integer.class);
    }

    public static Ask<Void> push(String method, String text) {
        return of(method, text, Void.class);
    }

    public Ask<T> meta(String key, String value) {
        return metadata(metadata.with(key, value));
    }

    public Ask<T> metadata(Metadata all) {
        return new Ask<>(method, body, resultType, all, filters, codec);
    }

    public Ask<T> filters(String ids) {
        return new Ask<>(method, body, resultType, metadata, ids, codec);
    }

    public Ask<T> codec(String name) {
        return new Ask<>(method, body, resultType, metadata, filters, name);
    }
}
