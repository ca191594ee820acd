package dev.ablyauth.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of the audit log.
 */
class AuditPropertiesTests {

	@TempDir
	private Path folder;

	@Test
	void bindWhenNothingIsSetThenDefaults() {
		assertThat(bind()).isEqualTo(new AuditProperties(false, true, null, DataSize.ofMegabytes(100), 10));
		assertThat(bind().problems("audit")).isEmpty();
	}

	@Test
	void bindWhenAllIsSetThenMapped() throws IOException {
		Path file = this.folder.resolve("audit.log");
		AuditProperties settings = bind("required=true", "stdout=false", "file=" + file, "max-size=1MB", "keep=3");
		assertThat(settings).isEqualTo(new AuditProperties(true, false, file, DataSize.ofMegabytes(1), 3));
		assertThat(settings.problems("audit")).isEmpty();
		Files.writeString(file, "there\n");
		assertThat(settings.problems("audit")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			required=true, stdout=false     | audit.file: is missing; required lines must go somewhere
			file=/nowhere/at/all/audit.log  | audit.file: "/nowhere/at/all/audit.log" cannot be written
			file=/proc                      | audit.file: "/proc" cannot be written
			file=/dev/full                  | audit.file: "/dev/full" cannot be written
			max-size=63KB                   | audit.max-size: must be 64KB or more
			keep=0                          | audit.keep: must be from 1 to 1000
			keep=1001                       | audit.keep: must be from 1 to 1000
			""")
	void problemsWhenWrongThenNamed(String lines, String expected) {
		assertThat(bind(lines.split(", ", -1)).problems("audit")).singleElement().asString().startsWith(expected);
	}

	private static AuditProperties bind(String... lines) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String line : lines) {
			properties.put("audit." + line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
		}
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("audit", AuditProperties.class);
	}

}
