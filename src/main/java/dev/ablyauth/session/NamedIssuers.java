package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The issuers that a text names which is no JWT by the strict rules, but may be one that
 * was damaged or made oddly. Such a token is its issuer's and not valid, and is shown to
 * nobody else.
 */
final class NamedIssuers {

	private static final int MAX_LENGTH = 8192;

	private static final JsonFactory JSON = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_LENGTH).build())
		.build();

	private NamedIssuers() {
	}

	/** Finds each {@code iss} of the payload, as far as it can be read. */
	static Set<String> in(String text) {
		int begin = text.indexOf('.') + 1;
		if (begin == 0 || text.length() > MAX_LENGTH) {
			return Set.of();
		}
		int next = text.indexOf('.', begin);
		int end = (next >= 0) ? next : text.length();
		Set<String> names = new HashSet<>();
		try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), decoded(text.substring(begin, end)))) {
			collect(json, names);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			// What was read until then counts.
		}
		return names;
	}

	/** RFC 2045 6.8 overlooks what does not belong there. */
	private static String decoded(String part) {
		byte[] bytes = Base64.getMimeDecoder().decode(part.replace("=", "").replace('-', '+').replace('_', '/'));
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static void collect(JsonParser json, Set<String> names) {
		int depth = 0;
		for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
			if (token.isStructStart()) {
				depth++;
			}
			else if (token.isStructEnd()) {
				depth--;
			}
			else if (depth == 1 && token == JsonToken.VALUE_STRING && "iss".equals(json.currentName())) {
				names.add(json.getString());
			}
		}
	}

}
