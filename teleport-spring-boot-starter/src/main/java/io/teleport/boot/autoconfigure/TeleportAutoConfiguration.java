package io.teleport.boot.autoconfigure;

import io.teleport.boot.DialCustomizer;
import io.teleport.boot.autoconfigure.TeleportProperties.Settings;
import io.teleport.boot.client.PeerDirectory;
import io.teleport.boot.handler.HandlerRegistrar;
import io.teleport.boot.lifecycle.LocalPorts;
import io.teleport.boot.lifecycle.PeerLifecycle;
import io.teleport.boot.lifecycle.RefusingTraffic;
import io.teleport.peer.DialOptions;
import io.teleport.peer.Peer;
import io.teleport.peer.PoolOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Auto-configuration of peers, annotated handlers and declarative clients.
 *
 * <p>Without any {@code teleport.peers}, an application that has {@link io.teleport.boot.handler.TeleportController} beans gets one peer named
 * {@code default}, which listens on {@code teleport.defaults.listen} or, without that, on {@code tcp://0.0.0.0:9090}; an application that has none
 * gets no peer.
 */
@AutoConfiguration(
        after = {LifecycleAutoConfiguration.class, SslAutoConfiguration.class},
        afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnBooleanProperty(name = "teleport.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TeleportProperties.class)
@Import(ApplicationClients.class)
public final class TeleportAutoConfiguration {

    private static final String DEFAULT_PEER = "default";

    private static final String DEFAULT_LISTEN = "tcp://0.0.0.0:9090";

    // A child context has peers of its own: those of its parent are started and closed there.
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    PeerDirectory teleport(
            TeleportProperties properties, ConfigurableListableBeanFactory beans, Environment environment) {
        boolean virtual = Threading.VIRTUAL.isActive(environment);
        PeerAuth auth = new PeerAuth(beans);
        Map<String, Settings> all = settings(properties, beans);
        PeerFactory factory = new PeerFactory(
                PeerParts.of(beans),
                new PeerTls(beans.getBeanProvider(SslBundles.class).getIfAvailable()),
                auth,
                new PeerPlugins(dialing(all), () -> beans.getBean(PeerDirectory.class)),
                name -> virtual ? new VirtualThreadTaskExecutor("teleport-" + name + "-handler-") : null);
        List<DialCustomizer> dialCustomizers =
                beans.getBeanProvider(DialCustomizer.class).orderedStream().toList();
        Map<Peer, Optional<DialOptions>> peers = new LinkedHashMap<>();
        Map<String, PoolOptions> pools = new HashMap<>();
        all.forEach((name, settings) -> {
            peers.put(factory.build(name, settings), PeerDialing.of(name, settings, dialCustomizers));
            PoolOptions pool = PeerPools.of(name, settings);
            if (pool != null) {
                pools.put(name, pool);
            }
        });
        auth.warnOfUnused();
        return new PeerDirectory(peers, pools);
    }

    /** Names of the peers that keep a connection. */
    private static Set<String> dialing(Map<String, Settings> peers) {
        Set<String> names = new TreeSet<>();
        peers.forEach((name, settings) -> {
            if (!PeerFactory.dial(settings).isEmpty()) {
                names.add(name);
            }
        });
        return names;
    }

    private static Map<String, Settings> settings(
            TeleportProperties properties, ConfigurableListableBeanFactory beans) {
        Map<String, Settings> peers = properties.effectivePeers();
        if (!peers.isEmpty() || HandlerRegistrar.controllers(beans).isEmpty()) {
            return peers;
        }
        Settings defaults = properties.defaults();
        return Map.of(
                DEFAULT_PEER, defaults.listen() == null ? defaults.with("listen", List.of(DEFAULT_LISTEN)) : defaults);
    }

    @Bean
    HandlerRegistrar teleportHandlerRegistrar(ConfigurableListableBeanFactory beans, PeerDirectory teleport) {
        return new HandlerRegistrar(beans, teleport, ApplicationConversionService.getSharedInstance());
    }

    @Bean
    LocalPorts teleportLocalPorts(ConfigurableEnvironment environment) {
        return new LocalPorts(environment);
    }

    @Bean
    RefusingTraffic teleportRefusingTraffic(
            TeleportProperties properties, ObjectProvider<LifecycleProperties> lifecycle, ApplicationContext context) {
        return new RefusingTraffic(properties.shutdown().delay(), shutdownPhase(lifecycle), context);
    }

    @Bean
    PeerLifecycle teleportListeningLifecycle(
            PeerDirectory teleport, ObjectProvider<LifecycleProperties> lifecycle, ApplicationEventPublisher events) {
        return PeerLifecycle.ofListening(teleport, shutdownPhase(lifecycle), events);
    }

    @Bean
    PeerLifecycle teleportDialingLifecycle(
            PeerDirectory teleport, ObjectProvider<LifecycleProperties> lifecycle, ApplicationEventPublisher events) {
        return PeerLifecycle.ofDialing(teleport, shutdownPhase(lifecycle), events);
    }

    private static Duration shutdownPhase(ObjectProvider<LifecycleProperties> lifecycle) {
        return lifecycle.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase();
    }
}
