package io.teleport.plugin;

import io.teleport.router.Route;

/** Runs when a route is registered. A refusal fails the registration. */
public interface PostRegisterHook extends Plugin {

    void postRegister(Route route) throws Exception;
}
