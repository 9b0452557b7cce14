package io.teleport.boot.client;

import java.util.Collection;
import java.util.Objects;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds {@link TeleportClient} interfaces and defines beans for them, each under the full name of its interface and only once. */
public final class ClientBeans {

    private final BeanDefinitionRegistry registry;

    private final ResourceLoader resources;

    private final Scanner scanner;

    public ClientBeans(BeanDefinitionRegistry registry, Environment environment, ResourceLoader resources) {
        this.registry = registry;
        this.resources = resources;
        this.scanner = new Scanner(environment);
        this.scanner.setResourceLoader(resources);
    }

    /** Defines beans for the interfaces in these packages and below. */
    public void registerAll(Collection<String> packages) {
        for (String each : packages) {
            for (BeanDefinition found : scanner.findCandidateComponents(each)) {
                register(Objects.requireNonNull(found.getBeanClassName()));
            }
        }
    }

    void register(String typeName) {
        if (registry.containsBeanDefinition(typeName)) {
            return;
        }
        Class<?> type = ClassUtils.resolveClassName(typeName, resources.getClassLoader());
        AbstractBeanDefinition definition = BeanDefinitionBuilder.rootBeanDefinition(TeleportClientFactoryBean.class)
                .addConstructorArgValue(type)
                .setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR)
                .getBeanDefinition();
        // Lets Spring tell the type of the bean without making it.
        definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
        registry.registerBeanDefinition(typeName, definition);
    }

    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

        Scanner(Environment environment) {
            super(false, environment);
            addIncludeFilter(new AnnotationTypeFilter(TeleportClient.class, false));
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return definition.getMetadata().isIndependent()
                    && !definition.getMetadata().isAnnotation();
        }
    }
}
