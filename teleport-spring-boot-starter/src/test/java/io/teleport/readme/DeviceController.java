package io.teleport.readme;

import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.TeleportController;
import io.teleport.session.Session;

@TeleportController("device")
class DeviceController {

    @CallMapping
    String reboot(String deviceId, Session caller) {
        boolean sure = caller.call("/operator/confirm", "reboot " + deviceId, boolean.class);
        return sure ? "rebooting" : "left alone";
    }
}
