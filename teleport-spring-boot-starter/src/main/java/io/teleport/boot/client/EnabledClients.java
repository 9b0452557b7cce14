package io.teleport.boot.client;

import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Registers what {@link EnableTeleportClients} names. */
final class EnabledClients implements ImportBeanDefinitionRegistrar {

    private final Environment environment;

    private final ResourceLoader resources;

    EnabledClients(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        MergedAnnotation<EnableTeleportClients> annotation =
                importing.getAnnotations().get(EnableTeleportClients.class);
        List<String> packages = List.of(annotation.getStringArray("basePackages"));
        List<String> clients = List.of(
                annotation.asMap(MergedAnnotation.Adapt.CLASS_TO_STRING).get("clients") instanceof String[] names
                        ? names
                        : new String[0]);
        ClientBeans beans = new ClientBeans(registry, environment, resources);
        clients.forEach(beans::register);
        if (packages.isEmpty() && clients.isEmpty()) {
            beans.registerAll(List.of(ClassUtils.getPackageName(importing.getClassName())));
        } else {
            beans.registerAll(packages);
        }
    }
}
