package io.teleport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.testing.SecurityRules;
import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** What comes from the other side never says which class is made of it, and never runs. */
class SecurityRulesTests {

    @Test
    void noClassOfTheHouseReadsObjectsThatNameTheirClass() {
        SecurityRules.NOTHING_IS_MADE_OF_WHAT_NAMES_ITS_CLASS.check(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.teleport"));
    }

    @Test
    void theRuleFindsWhoDoes() {
        for (Class<?> offender : new Class<?>[] {ReadsObjects.class, NamesClasses.class}) {
            assertThatThrownBy(() -> SecurityRules.NOTHING_IS_MADE_OF_WHAT_NAMES_ITS_CLASS.check(
                            new ClassFileImporter().importClasses(offender)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(offender.getSimpleName());
        }
    }

    @Test
    void aBodyThatNamesAClassIsAMapAllTheSame() {
        ByteBuf body = Unpooled.copiedBuffer("{\"@class\":\"java.io.File\",\"path\":\"/\"}", StandardCharsets.UTF_8);
        assertThat(new JsonBodyCodec().decode(body, Object.class))
                .isEqualTo(Map.of("@class", "java.io.File", "path", "/"));
    }

    static final class ReadsObjects {

        static Object read(byte[] bytes) throws Exception {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                return in.readObject();
            }
        }
    }

    static final class NamesClasses {

        static JsonMapper mapper() {
            return JsonMapper.builder()
                    .activateDefaultTyping(
                            BasicPolymorphicTypeValidator.builder().build())
                    .build();
        }
    }
}
