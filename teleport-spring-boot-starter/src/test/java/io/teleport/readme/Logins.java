package io.teleport.readme;

import io.teleport.plugin.auth.TokenChecker;
import io.teleport.session.Principal;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class Logins {

    interface UserService {
        Optional<String> byToken(String token);
    }

    @Bean
    UserService users() {
        return token -> token.equals("token of ada") ? Optional.of("ada") : Optional.empty();
    }

    @Bean
    TokenChecker tokens(UserService users) {
        return request -> users.byToken(request.token()).map(Principal::of).orElse(null);
    }
}
