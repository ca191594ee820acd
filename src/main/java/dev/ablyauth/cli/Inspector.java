package dev.ablyauth.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.session.StrictJson;
import tools.jackson.databind.JsonNode;

/**
 * Finds out what a text is, and has it judged. Pure: the same text, key and time give the
 * same answer.
 *
 * @param now the time
 * @param key the key that the token should come from
 * @param operations the operations that Ably has
 */
record Inspector(Instant now, KnownKey key, Operations operations) {

	private static final int LONGEST_JWT = 8192;

	private static final Pattern ABLY_TOKEN = Pattern.compile("[A-Za-z0-9_-]{2,64}\\.[A-Za-z0-9_-]{16,400}");

	private static final StrictJson JSON = new StrictJson(10);

	/** What a pipe brings: there, the last line break is often not the token's. */
	Inspection inspectInput(String input) {
		Report report = new Report();
		String text = input.replaceFirst("\\r?\\n$", "");
		if (text.length() < input.length() && !isObject(text)) {
			report.note("line-break",
					"The input ends with a line break. If a server answered so: SDKs do not remove it, and Ably refuses it.");
		}
		return inspect(text, report);
	}

	Inspection inspect(String text) {
		return inspect(text, new Report());
	}

	private Inspection inspect(String given, Report report) {
		String text = isObject(given) ? given : bare(given, report);
		if (isObject(text)) {
			return new TokenRequestInspection(this, report).inspect(object(text), size(text));
		}
		if (size(text) > LONGEST_JWT) {
			report.warn("too-long", "It is longer than " + LONGEST_JWT
					+ " bytes and does not fit into the headers of a request; use a TokenRequest.");
		}
		return opaqueOrJwt(text, report, true);
	}

	/** What stands inside of another JWT: there is no third level. */
	Inspection inspectInside(String text) {
		return opaqueOrJwt(text, new Report(), false);
	}

	private Inspection opaqueOrJwt(String text, Report report, boolean mayEmbed) {
		if (ABLY_TOKEN.matcher(text).matches()) {
			report.note("opaque", "Only Ably can read an Ably Token: what it allows is not in it.");
			return new Inspection(Kind.ABLY_TOKEN, size(text), null, report, null);
		}
		CompactJwt jwt = CompactJwt.read(text);
		if (!jwt.isBase64Url()) {
			report.warn("base64", "Its parts must be base64url without padding: no +, no / and no =.");
		}
		return (mayEmbed && EmbeddingJwtInspection.isFor(jwt))
				? new EmbeddingJwtInspection(this, report).inspect(jwt, size(text))
				: new AblyJwtInspection(this, report).inspect(jwt, size(text));
	}

	private static String bare(String given, Report report) {
		String text = given.strip();
		if (text.length() < given.length()) {
			report.warn("white-space", "There is white space around it. SDKs do not remove it, and Ably refuses it.");
		}
		if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
			report.warn("quotes", "It is in quotes. SDKs do not remove them, and Ably refuses it.");
			try {
				return JSON.read(text, String.class);
			}
			catch (IllegalArgumentException ex) {
				throw new UnreadableInputException("What stands in the quotes cannot be read.");
			}
		}
		return text;
	}

	private static boolean isObject(String text) {
		return text.stripLeading().startsWith("{");
	}

	private static JsonNode object(String text) {
		try {
			return JSON.read(text, JsonNode.class);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException("This begins like a TokenRequest and " + ex.getMessage() + ".");
		}
	}

	private static int size(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
