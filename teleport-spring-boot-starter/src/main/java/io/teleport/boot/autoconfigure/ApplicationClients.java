package io.teleport.boot.autoconfigure;

import io.teleport.boot.client.ClientBeans;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;

/** Defines beans for the declarative clients in the packages of the application. */
final class ApplicationClients implements ImportBeanDefinitionRegistrar {

    private final BeanFactory beans;

    private final Environment environment;

    private final ResourceLoader resources;

    ApplicationClients(BeanFactory beans, Environment environment, ResourceLoader resources) {
        this.beans = beans;
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        if (AutoConfigurationPackages.has(beans)) {
            new ClientBeans(registry, environment, resources).registerAll(AutoConfigurationPackages.get(beans));
        }
    }
}
