package io.teleport.router;

import io.teleport.session.IncomingMessage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives messages the key by which they are ordered: those with equal keys are handled one after another. Keys count for the whole peer, whatever
 * session and route a message came by; those of one session in the order of their arrival, those of several sessions in the order in which they were
 * read. Null is no key: the message is handled at once. Keys of which no message is left are forgotten, so any number of them may come.
 */
public final class OrderKey {

    private final @Nullable String metadata;

    private final Function<IncomingMessage, @Nullable Object> key;

    private OrderKey(@Nullable String metadata, Function<IncomingMessage, @Nullable Object> key) {
        this.metadata = metadata;
        this.key = key;
    }

    /** The first value of this metadata key. */
    public static OrderKey metadata(String name) {
        return new OrderKey(name, message -> message.metadata().get(name));
    }

    /**
     * Something of the decoded body, such as the number of an account. For this, bodies of one connection are decoded one after another, on handler
     * threads; handling them is as parallel as their keys are. The key is taken before plugins see the body.
     *
     * @param type a body of another type has no key
     * @param key gives the key, which must have {@code equals} and {@code hashCode}; an exception of it is as one of the handler
     */
    public static <A> OrderKey argument(Class<A> type, Function<? super A, ? extends @Nullable Object> key) {
        return new OrderKey(null, message -> {
            Object argument = message.body();
            return type.isInstance(argument) ? key.apply(type.cast(argument)) : null;
        });
    }

    /** Whether the body must be decoded first. */
    boolean isOfArgument() {
        return metadata == null;
    }

    @Nullable
    Object of(IncomingMessage message) {
        return key.apply(message);
    }

    @Override
    public String toString() {
        return metadata == null ? "key of the argument" : "key in metadata '" + metadata + "'";
    }
}
