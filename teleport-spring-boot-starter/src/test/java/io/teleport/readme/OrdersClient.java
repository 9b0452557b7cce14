package io.teleport.readme;

import io.teleport.boot.client.TeleportClient;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.Meta;
import io.teleport.boot.handler.PushMapping;
import java.util.concurrent.CompletableFuture;

@TeleportClient(peer = "orders")
interface OrdersClient {

    @CallMapping("/orders/find")
    Order find(long id);

    @CallMapping("/orders/find")
    CompletableFuture<Order> findLater(long id, @Meta("author") String author);

    @PushMapping("/orders/viewed")
    void viewed(long id);
}
