package io.teleport.boot.client.scanned;

import io.teleport.boot.client.TeleportClient;
import io.teleport.boot.handler.CallMapping;

@TeleportClient(peer = "client", path = "math")
public interface ScannedClient {

    @CallMapping
    int add(int[] numbers);
}
