package io.teleport.boot.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.util.StringValueResolver;

/**
 * Makes the bean of one {@link TeleportClient} interface, and checks the interface at start-up whether the bean is used or not.
 *
 * @param <T> the interface
 */
public final class TeleportClientFactoryBean<T>
        implements FactoryBean<T>, EmbeddedValueResolverAware, InitializingBean {

    private final Class<T> type;

    private final PeerDirectory teleport;

    private StringValueResolver placeholders = text -> text;

    private @Nullable T client;

    public TeleportClientFactoryBean(Class<T> type, PeerDirectory teleport) {
        this.type = type;
        this.teleport = teleport;
    }

    @Override
    public void setEmbeddedValueResolver(StringValueResolver resolver) {
        placeholders = resolver;
    }

    /**
     * Checks the interface and makes its proxy.
     *
     * @throws InvalidClientException if the interface or one of its methods cannot be a client
     * @throws io.teleport.boot.UnknownPeerException if its peer is not configured
     */
    @Override
    public void afterPropertiesSet() {
        client = new ClientFactory(
                        teleport,
                        text -> Objects.requireNonNullElse(placeholders.resolveStringValue(text), text),
                        ApplicationConversionService.getSharedInstance())
                .create(type);
    }

    @Override
    public T getObject() {
        return Objects.requireNonNull(client, "set before it is asked for");
    }

    @Override
    public Class<T> getObjectType() {
        return type;
    }
}
