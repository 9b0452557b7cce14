package io.teleport.boot.autoconfigure;

import io.teleport.boot.autoconfigure.TeleportProperties.Auth;
import io.teleport.codec.BodyCodecs;
import io.teleport.peer.PeerBuilder;
import io.teleport.peer.PeerOptions;
import io.teleport.plugin.auth.AuthBearer;
import io.teleport.plugin.auth.AuthChecker;
import io.teleport.plugin.auth.TokenChecker;
import io.teleport.plugin.auth.TokenSupplier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Makes the auth plugins of peers out of beans. */
final class PeerAuth {

    private static final Logger log = LoggerFactory.getLogger(PeerAuth.class);

    private final ConfigurableListableBeanFactory beans;

    private final Set<String> usedCheckers = new TreeSet<>();

    PeerAuth(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Adds the plugins that the settings want.
     *
     * @throws InvalidPeerException if there is no such bean
     */
    void apply(String peer, Auth settings, PeerBuilder builder) {
        String codec = said(settings.codec());
        String checker = said(settings.checker());
        if (checker != null) {
            String bean = bean(peer, "checker", checker, TokenChecker.class);
            usedCheckers.add(bean);
            AuthChecker plugin = AuthChecker.of(new CheckerBean(beans, bean));
            builder.plugin(codec == null ? plugin : plugin.codec(codec));
        }
        TokenSupplier tokens = tokens(peer, settings);
        if (tokens != null) {
            AuthBearer plugin = AuthBearer.of(tokens);
            builder.plugin(codec == null ? plugin : plugin.codec(codec));
        }
    }

    private @Nullable TokenSupplier tokens(String peer, Auth settings) {
        String supplier = said(settings.supplier());
        String token = said(settings.token());
        if (supplier != null && token != null) {
            throw invalid(peer, "token", "Both 'supplier' and 'token' say what to send (expected one of them)");
        }
        if (supplier != null) {
            String bean = bean(peer, "supplier", supplier, TokenSupplier.class);
            // Asked for when it is needed: it may depend on the peers itself.
            return session -> beans.getBean(bean, TokenSupplier.class).token(session);
        }
        return token == null ? null : TokenSupplier.fixed(token);
    }

    private static @Nullable String said(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private String bean(String peer, String setting, String wanted, Class<?> type) {
        List<String> known = List.of(beans.getBeanNamesForType(type));
        List<String> matching = known.stream()
                .filter(name -> BeanFactoryAnnotationUtils.isQualifierMatch(wanted::equals, name, beans))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        String problem = matching.isEmpty()
                ? "No " + type.getSimpleName() + " bean '" + wanted + "' (known: " + known + "); write @Bean "
                        + type.getSimpleName() + " " + wanted + "() { ... }"
                : "Several " + type.getSimpleName() + " beans are meant by '" + wanted + "': " + matching;
        throw invalid(peer, setting, problem);
    }

    private static InvalidPeerException invalid(String peer, String setting, String problem) {
        return new InvalidPeerException(
                peer, "teleport.peers." + peer + ".auth." + setting, problem, new IllegalArgumentException(problem));
    }

    /** @throws IllegalArgumentException if the peer has no codec of the name that the settings want */
    static void checkCodec(Auth settings, PeerOptions options) {
        String codec = said(settings.codec());
        if (codec != null) {
            BodyCodecs.of(options.bodyCodecs()).byName(codec);
        }
    }

    /** A checker that is never asked is more likely a door left open than one too many. */
    void warnOfUnused() {
        Arrays.stream(beans.getBeanNamesForType(TokenChecker.class))
                .filter(name -> !usedCheckers.contains(name))
                .forEach(name -> log.warn(
                        "No peer asks the TokenChecker bean '{}' (expected teleport.peers.<name>.auth.checker: {})",
                        name,
                        name));
    }
}
