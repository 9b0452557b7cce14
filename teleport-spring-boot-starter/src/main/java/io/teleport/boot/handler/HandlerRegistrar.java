package io.teleport.boot.handler;

import io.teleport.boot.Teleport;
import io.teleport.boot.UnknownPeerException;
import io.teleport.peer.Peer;
import io.teleport.router.RoutePlugin;
import io.teleport.router.Router;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.convert.ConversionService;

/**
 * Registers the handlers of all {@link TeleportController} beans once every bean is there and before any peer listens; what is wrong with one of them
 * fails the start-up.
 */
public final class HandlerRegistrar implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(HandlerRegistrar.class);

    private final ConfigurableListableBeanFactory beans;

    private final Teleport teleport;

    private final ConversionService conversions;

    /** @param conversions makes {@link Meta} parameters of text */
    public HandlerRegistrar(ConfigurableListableBeanFactory beans, Teleport teleport, ConversionService conversions) {
        this.beans = beans;
        this.teleport = teleport;
        this.conversions = conversions;
    }

    /** Names of the controller beans. Makes no bean and no factory bean. */
    public static List<String> controllers(ConfigurableListableBeanFactory beans) {
        List<String> names = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (!ScopedProxyUtils.isScopedTarget(name) && annotation(beans, name) != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static @Nullable TeleportController annotation(ConfigurableListableBeanFactory beans, String name) {
        return beans.getMergedBeanDefinition(name).isAbstract()
                ? null
                : beans.findAnnotationOnBean(name, TeleportController.class, false);
    }

    @Override
    public void afterSingletonsInstantiated() {
        controllers(beans).forEach(this::register);
    }

    private void register(String name) {
        TeleportController annotation = Objects.requireNonNull(annotation(beans, name));
        Object bean = beans.getBean(name);
        Class<?> userClass =
                Objects.requireNonNullElse(AutoProxyUtils.determineTargetClass(beans, name), bean.getClass());
        Controller controller = new Controller(
                bean, userClass, annotation.path(), this::resolvePlaceholders, conversions, Validation.of(beans, bean));
        if (controller.isEmpty()) {
            log.warn(
                    "@TeleportController {} handles nothing: it has no @CallMapping or @PushMapping method",
                    controller);
        }
        RoutePlugin[] plugins = Arrays.stream(annotation.plugins())
                .map(type -> RoutePlugins.bean(beans, type, controller))
                .toArray(RoutePlugin[]::new);
        for (Peer peer : peers(annotation, controller)) {
            Router router = plugins.length == 0 ? peer.router() : peer.router().with(plugins);
            controller.register(router, type -> RoutePlugins.bean(beans, type, controller));
        }
    }

    private List<Peer> peers(TeleportController annotation, Controller controller) {
        if (annotation.peers().length == 0) {
            return teleport.peers();
        }
        List<Peer> chosen = new ArrayList<>();
        for (String written : annotation.peers()) {
            String name = resolvePlaceholders(written);
            chosen.add(teleport.peers().stream()
                    .filter(peer -> peer.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UnknownPeerException(
                            name,
                            teleport.peers().stream().map(Peer::name).toList(),
                            "@TeleportController of " + controller)));
        }
        return chosen;
    }

    private String resolvePlaceholders(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? text : resolved;
    }
}
