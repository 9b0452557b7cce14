package io.teleport.sample.chat;

import io.teleport.plugin.auth.TokenChecker;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Who is let in by the peer {@code chat}: {@code teleport.peers.chat.auth.checker}. */
@Profile("!fleet")
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatTokens.class)
class ChatUsers {

    @Bean
    TokenChecker chatTokens(ChatTokens tokens) {
        return request -> tokens.userOf(request.token());
    }
}
