package io.teleport.boot.autoconfigure;

import io.teleport.plugin.auth.AuthRequest;
import io.teleport.plugin.auth.TokenChecker;
import io.teleport.session.Principal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/** A checker that is made when it is needed: it may depend on the peers itself. */
record CheckerBean(BeanFactory beans, String name) implements TokenChecker {

    @Override
    public @Nullable Principal check(AuthRequest request) throws Exception {
        return bean().check(request);
    }

    @Override
    public CompletionStage<@Nullable Principal> checkAsync(AuthRequest request) throws Exception {
        return bean().checkAsync(request);
    }

    private TokenChecker bean() {
        return beans.getBean(name, TokenChecker.class);
    }
}
