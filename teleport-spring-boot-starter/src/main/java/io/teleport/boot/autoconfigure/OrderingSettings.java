package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.Settings;
import io.teleport.peer.PeerBuilder;
import io.teleport.router.OrderKey;
import io.teleport.router.Ordering;

/** Sets the order in which a peer handles messages. */
final class OrderingSettings {

    private OrderingSettings() {}

    /** @throws IllegalArgumentException if there is to be an order by key and no key */
    static void apply(Settings settings, PeerBuilder builder) {
        Ordering ordering = settings.ordering();
        String key = settings.orderingKey();
        if (key != null && !key.isBlank() && (ordering == null || ordering == Ordering.KEY)) {
            builder.orderedBy(OrderKey.metadata(key));
        } else if (ordering == Ordering.KEY) {
            throw new IllegalArgumentException(
                    "'ordering' is key but 'ordering-key' is not set (expected the metadata key that holds the key)");
        } else if (ordering != null) {
            builder.ordering(ordering);
        }
    }
}
