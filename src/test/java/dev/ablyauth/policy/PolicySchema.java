package dev.ablyauth.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON Schema of the policy file, for editors.
 */
final class PolicySchema {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final SchemaRegistry REGISTRY = SchemaRegistry
		.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private final String text;

	private final JsonNode root;

	private final Schema schema;

	PolicySchema() {
		try {
			this.text = Files.readString(Path.of("docs/policy.schema.json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.root = JSON.readTree(this.text);
		this.schema = REGISTRY.getSchema(this.text);
	}

	/** What an editor would mark in a policy; YAML is read as the server does. */
	List<String> marks(String yaml) {
		Object policy = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
		return texts(this.schema.validate(JSON.writeValueAsString(policy), InputFormat.JSON));
	}

	/** What is wrong with the schema itself. */
	List<String> marksOfSchema() {
		Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
		return texts(metaSchema.validate(this.text, InputFormat.JSON));
	}

	private static List<String> texts(Collection<?> errors) {
		return errors.stream().map(String::valueOf).toList();
	}

	/** The keys that may be at one level: of the file, or of a definition. */
	Collection<String> keys(String definition) {
		return new TreeSet<>(at(definition).path("properties").propertyNames());
	}

	/** The words that one key, or one definition, may have. */
	List<String> words(String definition, String key) {
		JsonNode node = key.isEmpty() ? at(definition) : at(definition).path("properties").path(key);
		return node.path("enum").valueStream().map(JsonNode::asString).toList();
	}

	private JsonNode at(String definition) {
		return definition.isEmpty() ? this.root : this.root.path("$defs").path(definition);
	}

	/** Keys of all levels that an editor has nothing to say about. */
	List<String> keysWithoutDescription() {
		return this.root.path("$defs")
			.valueStream()
			.flatMap((definition) -> definition.path("properties").propertyStream())
			.filter((key) -> key.getValue().path("description").asString("").isBlank())
			.map((key) -> key.getKey())
			.toList();
	}

}
