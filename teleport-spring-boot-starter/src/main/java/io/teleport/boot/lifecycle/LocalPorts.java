package io.teleport.boot.lifecycle;

import io.teleport.peer.Peer;
import io.teleport.transport.TransportAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Publishes the port of each listening peer as property {@code local.teleport.<name>.port}; of several addresses, that of the first one that has a port.
 */
public final class LocalPorts implements ApplicationListener<PeerStartedEvent> {

    private static final String SOURCE = "teleport.ports";

    private final ConfigurableEnvironment environment;

    public LocalPorts(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(PeerStartedEvent event) {
        Peer peer = event.peer();
        peer.listening().stream()
                .mapToInt(TransportAddress::port)
                .filter(port -> port > 0)
                .findFirst()
                .ifPresent(port -> ports().put("local.teleport." + peer.name() + ".port", port));
    }

    @SuppressWarnings("unchecked") // the source of this name was made below
    private Map<String, Object> ports() {
        PropertySource<?> source = environment.getPropertySources().get(SOURCE);
        if (source == null) {
            source = new MapPropertySource(SOURCE, new ConcurrentHashMap<>());
            environment.getPropertySources().addFirst(source);
        }
        return (Map<String, Object>) source.getSource();
    }
}
