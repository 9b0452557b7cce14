package io.teleport.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.teleport.boot.Teleport;
import io.teleport.peer.PeerState;
import io.teleport.plugin.auth.TokenChecker;
import io.teleport.session.Principal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

/** Every example of docs/reference.md starts an application, and every group of settings has one. */
class ReferenceDocumentTests {

    private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\n]+)\n(.*?)(?=^## |\\z)");

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```");

    /** One example of the document. */
    record Example(String feature, String yaml) {

        @Override
        public String toString() {
            return feature;
        }
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher section = SECTION.matcher(Files.readString(Path.of("../docs/reference.md")));
        while (section.find()) {
            Matcher yaml = YAML.matcher(section.group(2));
            while (yaml.find()) {
                examples.add(new Example(section.group(1), yaml.group(1)));
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void startsAnApplication(Example example) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TeleportAutoConfiguration.class))
                .withUserConfiguration(Beans.class)
                .withInitializer(context -> load(context, example))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Teleport.class).peers())
                            .isNotEmpty()
                            .allMatch(peer -> peer.state() == PeerState.RUNNING);
                });
    }

    @Test
    void everySettingThatIsAGroupHasAnExample() throws IOException {
        String all = Files.readString(Path.of("../docs/reference.md"));
        for (var component : TeleportProperties.Settings.class.getRecordComponents()) {
            String key = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                assertThat(all).contains("  " + key + ":\n");
            }
        }
    }

    private static void load(ConfigurableApplicationContext context, Example example) {
        try {
            new YamlPropertySourceLoader()
                    .load(
                            example.feature(),
                            new ByteArrayResource(example.yaml().getBytes(StandardCharsets.UTF_8)))
                    .forEach(context.getEnvironment().getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the document says an application brings. */
    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        TokenChecker users() {
            return request -> Principal.of("ada");
        }
    }
}
