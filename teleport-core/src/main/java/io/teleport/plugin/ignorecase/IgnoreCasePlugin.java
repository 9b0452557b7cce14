package io.teleport.plugin.ignorecase;

import io.teleport.plugin.PostReadCallHeaderHook;
import io.teleport.plugin.PostReadPushHeaderHook;
import io.teleport.session.IncomingMessage;

/**
 * Makes the service method of every incoming CALL and PUSH lower-case before it is routed, as Go's plugin does; plugins behind it, handlers, logs and
 * metrics see that name. Routes with a capital letter can then not be reached. Case is that of single characters, whatever the locale.
 */
public final class IgnoreCasePlugin implements PostReadCallHeaderHook, PostReadPushHeaderHook {

    @Override
    public String name() {
        return "ignorecase";
    }

    @Override
    public void postReadCallHeader(IncomingMessage call) {
        lowerCase(call);
    }

    @Override
    public void postReadPushHeader(IncomingMessage push) {
        lowerCase(push);
    }

    private static void lowerCase(IncomingMessage message) {
        String name = message.serviceMethod();
        if (name.codePoints().anyMatch(character -> Character.toLowerCase(character) != character)) {
            message.serviceMethod(name.codePoints()
                    .map(Character::toLowerCase)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
    }
}
