package io.teleport.router;

import org.jspecify.annotations.Nullable;

/**
 * How the messages of a route are ordered.
 *
 * @param key there with {@link Ordering#KEY} and only then
 */
record OrderRule(Ordering ordering, @Nullable OrderKey key) {

    static final OrderRule NONE = new OrderRule(Ordering.NONE, null);

    static final OrderRule SESSION = new OrderRule(Ordering.SESSION, null);

    OrderRule {
        if ((ordering == Ordering.KEY) != (key != null)) {
            throw new IllegalArgumentException(
                    "Ordering " + ordering + " with key " + key + " (expected a key with KEY, none with the others)");
        }
    }

    static OrderRule by(OrderKey key) {
        return new OrderRule(Ordering.KEY, key);
    }
}
